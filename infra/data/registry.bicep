// The deployment's own images; pulled by identity, no administrator account, no anonymous pull. It stays reachable from outside: azd
// builds the images there.
param location string
param name string
param pullers array
param workspaceId string

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: name
  location: location
  sku: { name: 'Basic' }
  properties: { adminUserEnabled: false }
}

// AcrPull
var pull = '7f951dda-4ed3-4680-a7ca-43fe172d538d'

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (puller, i) in pullers: {
  name: guid(registry.id, string(i), pull)
  scope: registry
  properties: {
    principalId: puller
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', pull)
  }
}]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: registry
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'ContainerRegistryRepositoryEvents', enabled: true }]
  }
}

output server string = registry.properties.loginServer
