// HsNas on Azure Container Apps: a function app behind HTTPS, GPU workers that follow the length of the job queue, one storage
// account. No key of anything: every access is by one managed identity. Written and reviewed, not run.

@description('Where everything lies; the region must offer the GPU profile.')
param location string = resourceGroup().location

@description('Start of all names: 3 to 11 lower-case letters and digits.')
@minLength(3)
@maxLength(11)
param name string = 'hsnas'

@description('Images in the registry made here; each program is left out while its image is not named.')
param functionsImage string = ''
param workerImage string = ''

@description('Container Apps profile of the workers.')
param gpuProfile string = 'Consumption-GPU-NC8as-T4'

@description('Most workers at once: the limit of what GPUs can cost.')
@minValue(1)
@maxValue(50)
param maxWorkers int = 2

@description('Language model: base address ending in /openai/v1/, deployment name, and its version as the ledger records it.')
param llmEndpoint string
@description('Empty for the v1 address; a dated api-version, 2024-10-21 for example, for the deployments address, below llmEndpoint.')
param llmApiVersion string = ''
param llmModel string
param llmModelVersion string = '1'

@description('OTLP collector; nothing is exported where empty.')
param otlpEndpoint string = ''

@description('NCRONTAB of the re-distillation.')
param redistilSchedule string = '0 0 3 * * *'

var suffix = uniqueString(resourceGroup().id)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

module storage 'storage.bicep' = {
  name: 'storage'
  params: {
    location: location
    name: '${name}${suffix}'
    principalId: identity.properties.principalId
  }
}

module registry 'registry.bicep' = {
  name: 'registry'
  params: {
    location: location
    name: '${name}${suffix}'
    principalId: identity.properties.principalId
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
    workloadProfiles: [
      { name: 'Consumption', workloadProfileType: 'Consumption' }
      { name: 'gpu', workloadProfileType: gpuProfile }
    ]
  }
}

// What both programs are told. AZURE_CLIENT_ID makes DefaultAzureCredential take this identity.
var settings = concat([
  { name: 'AzureWebJobsStorage__blobServiceUri', value: storage.outputs.blobEndpoint }
  { name: 'AzureWebJobsStorage__queueServiceUri', value: storage.outputs.queueEndpoint }
  { name: 'AzureWebJobsStorage__tableServiceUri', value: storage.outputs.tableEndpoint }
  { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
  { name: 'AzureWebJobsStorage__clientId', value: identity.properties.clientId }
  { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
], empty(otlpEndpoint) ? [] : [
  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: otlpEndpoint }
])

module functions 'functions.bicep' = if (!empty(functionsImage)) {
  name: 'functions'
  params: {
    location: location
    name: '${name}-functions'
    environmentId: environment.id
    identityId: identity.id
    registryServer: registry.outputs.server
    image: functionsImage
    settings: concat(settings, [
      { name: 'FUNCTIONS_WORKER_RUNTIME', value: 'dotnet-isolated' }
      { name: 'Llm__Endpoint', value: llmEndpoint }
      { name: 'Llm__ApiVersion', value: llmApiVersion }
      { name: 'Llm__Model', value: llmModel }
      { name: 'Llm__ModelVersion', value: llmModelVersion }
      { name: 'Pipeline__ScoreJobs', value: string(maxWorkers) }
      { name: 'RedistilSchedule', value: redistilSchedule }
    ])
  }
}

module worker 'worker.bicep' = if (!empty(workerImage)) {
  name: 'worker'
  params: {
    location: location
    name: '${name}-worker'
    environmentId: environment.id
    identityId: identity.id
    registryServer: registry.outputs.server
    image: workerImage
    settings: concat(settings, [{ name: 'Worker__Device', value: 'cuda' }])
    storageAccount: storage.outputs.name
    maxWorkers: maxWorkers
  }
}

output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.outputs.server
output FUNCTIONS_URL string = empty(functionsImage) ? '' : functions!.outputs.url
// Grant it the role "Cognitive Services OpenAI User" on the language model's resource.
output IDENTITY_PRINCIPAL_ID string = identity.properties.principalId
