// GPU workers: none while the queue is empty, one a message up to the limit. No ingress: nobody can call them.
param location string
param name string
param environmentId string
param identityId string
param registryServer string

@description('Empty before the first deployment.')
param image string
param placeholder string

@allowed(['T4', 'A100'])
param gpu string
param settings array
param storageAccount string
param maxWorkers int

// All of a replica's machine.
var sizes = {
  T4: { cpu: json('8.0'), memory: '56Gi' }
  A100: { cpu: json('24.0'), memory: '220Gi' }
}

resource worker 'Microsoft.App/containerApps@2025-01-01' = {
  name: name
  location: location
  tags: { 'azd-service-name': 'worker' }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'gpu'
    configuration: {
      registries: [{ server: registryServer, identity: identityId }]
    }
    template: {
      // A worker that is told to end gives its job up at once; the message comes back, and the job goes on from its checkpoint.
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'worker'
          image: empty(image) ? placeholder : image
          env: settings
          resources: sizes[gpu]
        }
      ]
      scale: {
        minReplicas: 0
        maxReplicas: maxWorkers
        // Seconds without messages until the last one goes: between the generations of a search the queue is empty.
        cooldownPeriod: 300
        pollingInterval: 15
        rules: [
          {
            name: 'jobs'
            custom: {
              type: 'azure-queue'
              identity: identityId
              // Messages in work count too (they are invisible, not gone), so a long job keeps its worker.
              metadata: {
                accountName: storageAccount
                queueName: 'worker-jobs'
                queueLength: '1'
                queueLengthStrategy: 'all'
              }
            }
          }
        ]
      }
    }
  }
}
