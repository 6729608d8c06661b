// A language model on Azure OpenAI, asked by identity: keys are switched off.
param location string
param name string
param model string

@description('Version of the model; the newest where empty.')
param modelVersion string
param capacity int
param principalId string
param workspaceId string
param isPrivate bool
param endpointSubnetId string
param networkId string

resource account 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: name
  location: location
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: {
    customSubDomainName: name
    disableLocalAuth: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
  }
}

resource deployment 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {
  parent: account
  name: model
  sku: { name: 'GlobalStandard', capacity: capacity }
  properties: {
    model: empty(modelVersion)
      ? { format: 'OpenAI', name: model }
      : { format: 'OpenAI', name: model, version: modelVersion }
    // The ledger names answers by the model's version: it changes when you say so.
    versionUpgradeOption: 'NoAutoUpgrade'
  }
}

// Cognitive Services OpenAI User
var user = '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, 'app', user)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', user)
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: account
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

module endpoint '../network/endpoint.bicep' = if (isPrivate) {
  name: 'openai-endpoint'
  params: {
    location: location
    name: name
    resourceId: account.id
    groupId: 'account'
    zone: 'privatelink.openai.azure.com'
    subnetId: endpointSubnetId
    networkId: networkId
  }
}

output endpoint string = '${account.properties.endpoint}openai/v1/'
output deployment string = deployment.name
