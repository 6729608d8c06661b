// The function app on Container Apps. kind 'functionapp' lets Container Apps scale it by its own triggers.
param location string
param name string
param environmentId string
param identityId string
param registryServer string

@description('Empty before the first deployment.')
param image string
param placeholder string
param settings array

resource app 'Microsoft.App/containerApps@2025-02-02-preview' = {
  name: name
  location: location
  kind: 'functionapp'
  // azd finds the service of azure.yaml by this.
  tags: { 'azd-service-name': 'functions' }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      ingress: {
        external: true
        targetPort: 8080
        allowInsecure: false
      }
      registries: [{ server: registryServer, identity: identityId }]
    }
    template: {
      containers: [
        {
          name: 'functions'
          image: empty(image) ? placeholder : image
          env: settings
          resources: { cpu: json('1.0'), memory: '2Gi' }
          probes: empty(image) ? [] : [
            {
              type: 'Readiness'
              httpGet: { path: '/api/health', port: 8080 }
              periodSeconds: 15
              timeoutSeconds: 5
            }
          ]
        }
      ]
      // One stays: timers and orchestrations go on without requests.
      scale: { minReplicas: 1, maxReplicas: 5 }
    }
  }
}

output url string = 'https://${app.properties.configuration.ingress.fqdn}'
