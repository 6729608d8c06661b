// One account for blobs, queues and the durable task hub; keys are switched off, so that only identities get in.
param location string

@description('Name of the account, unlike any other in Azure: lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param name string

param appPrincipalId string
param workerPrincipalId string

@description('Whether the task hub is kept here, in tables too.')
param keepsHistory bool
param workspaceId string
param isPrivate bool
param endpointSubnetId string
param networkId string

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      bypass: 'AzureServices'
    }
  }
}

// Deleted blobs can be had back for a week: labels were paid for.
resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: true, days: 7 }
  }
}

// As shared/Contracts/BlobLayout.cs spells them.
var containers = ['datasets', 'checkpoints', 'predictors', 'latencies', 'ledger', 'jobs', 'searches', 'sweeps', 'search-requests']
var queues = [
  'worker-jobs'
  'worker-replies'
  'search-request-events'
  'worker-jobs-poison'
  'worker-replies-poison'
  'search-request-events-poison'
]

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = [for item in containers: {
  parent: blobs
  name: item
}]

// Where Flex Consumption takes the app's package from.
resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = if (!keepsHistory) {
  parent: blobs
  name: 'app-package'
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2023-05-01' = [for item in queues: {
  parent: queueService
  name: item
}]

// The Functions host takes leases and keeps its keys in blobs, hence their owner.
var blobOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var blobContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var queueContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var tableContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

var grants = concat([
  { principal: appPrincipalId, who: 'app', role: blobOwner }
  { principal: appPrincipalId, who: 'app', role: queueContributor }
  { principal: workerPrincipalId, who: 'worker', role: blobContributor }
  { principal: workerPrincipalId, who: 'worker', role: queueContributor }
], keepsHistory ? [{ principal: appPrincipalId, who: 'app', role: tableContributor }] : [])

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in grants: {
  name: guid(account.id, grant.who, grant.role)
  scope: account
  properties: {
    principalId: grant.principal
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
  }
}]

resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: blobs
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageDelete', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

resource queueDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: queueService
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

module endpoints '../network/endpoint.bicep' = [for kind in ['blob', 'queue', 'table']: if (isPrivate) {
  name: 'storage-${kind}'
  params: {
    location: location
    name: '${name}-${kind}'
    resourceId: account.id
    groupId: kind
    zone: 'privatelink.${kind}.${az.environment().suffixes.storage}'
    subnetId: endpointSubnetId
    networkId: networkId
  }
}]

output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
output queueEndpoint string = account.properties.primaryEndpoints.queue
output tableEndpoint string = account.properties.primaryEndpoints.table
output deploymentUri string = '${account.properties.primaryEndpoints.blob}app-package'
