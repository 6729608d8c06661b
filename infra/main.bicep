// HsNas on Azure: a function app behind HTTPS, GPU workers that follow the length of the job queue, one storage account. No key of
// anything is used or kept: every access is by identity. infra/README.md says what each part is for and what has been run.

@description('Where everything lies; the region must offer the GPU profile.')
param location string = resourceGroup().location

@description('Start of all names: 3 to 11 lower-case letters and digits.')
@minLength(3)
@maxLength(11)
param name string = 'hsnas'

@description('''
storage: Durable Functions keep their history in the storage account, the app runs on Container Apps.
dts: Durable Task Scheduler keeps it, the app runs on Flex Consumption.
''')
@allowed(['storage', 'dts'])
param backend string = 'storage'

@description('The container registry that Microsoft\'s images come from, or a mirror of it.')
param registryHost string

@description('Images that azd deployed before; a placeholder stands where there is none yet.')
param functionsImage string = ''
param workerImage string = ''

@description('GPU of the workers.')
@allowed(['T4', 'A100'])
param gpu string = 'T4'

@description('Most workers at once: the limit of what GPUs can cost.')
@minValue(1)
@maxValue(50)
param maxWorkers int = 2

@description('Model that is deployed here on Azure OpenAI. Empty: llmEndpoint names another one, and granting access to it is up to you.')
param openAiModel string = ''
param openAiModelVersion string = ''

@description('Thousands of tokens a minute.')
param openAiCapacity int = 50

@description('Base address of a language model ending in /openai/v1/, its deployment name, and its version as the ledger records it.')
param llmEndpoint string = ''
@description('Empty for the v1 address; a dated api-version, 2024-10-21 for example, for the deployments address, below llmEndpoint.')
param llmApiVersion string = ''
param llmModel string = ''
param llmModelVersion string = '1'

@description('OTLP collector beside Azure Monitor; none where empty.')
param otlpEndpoint string = ''

@description('NCRONTAB of the re-distillation.')
param redistilSchedule string = '0 0 3 * * *'

@description('More settings of the function app: every option that docs name, as { Pipeline__LatencyRuns: \'50\' }.')
param moreSettings object = {}

@description('Who hears of alerts; nobody where empty.')
param alertEmail string = ''

@description('Budget of the resource group, in the subscription\'s currency a month.')
@minValue(1)
param monthlyBudget int = 200

@description('First day of the budget; azd leaves it to the day of the first deployment.')
param budgetStart string = utcNow('yyyy-MM-01')

@description('Dollars for the language model a day, and hours without news of a running search, that are worth a message.')
param dailyModelDollars int = 20
param stuckHours int = 6

@description('Storage and language model answer in a virtual network alone.')
param privateNetwork bool = false

var suffix = uniqueString(resourceGroup().id)
var usesOpenAi = !empty(openAiModel)

resource appIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-app'
  location: location
}

resource workerIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-worker'
  location: location
}

module monitoring 'watching/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    location: location
    name: name
    publishers: [appIdentity.properties.principalId, workerIdentity.properties.principalId]
  }
}

module network 'network/network.bicep' = if (privateNetwork) {
  name: 'network'
  params: { location: location, name: name }
}

module storage 'data/storage.bicep' = {
  name: 'storage'
  params: {
    location: location
    name: '${name}${suffix}'
    appPrincipalId: appIdentity.properties.principalId
    workerPrincipalId: workerIdentity.properties.principalId
    keepsHistory: backend == 'storage'
    workspaceId: monitoring.outputs.workspaceId
    isPrivate: privateNetwork
    endpointSubnetId: privateNetwork ? network!.outputs.endpointSubnetId : ''
    networkId: privateNetwork ? network!.outputs.id : ''
  }
}

module registry 'data/registry.bicep' = {
  name: 'registry'
  params: {
    location: location
    name: '${name}${suffix}'
    pullers: [appIdentity.properties.principalId, workerIdentity.properties.principalId]
    workspaceId: monitoring.outputs.workspaceId
  }
}

module openAi 'llm/openai.bicep' = if (usesOpenAi) {
  name: 'openai'
  params: {
    location: location
    name: '${name}-${suffix}'
    model: openAiModel
    modelVersion: openAiModelVersion
    capacity: openAiCapacity
    principalId: appIdentity.properties.principalId
    workspaceId: monitoring.outputs.workspaceId
    isPrivate: privateNetwork
    endpointSubnetId: privateNetwork ? network!.outputs.endpointSubnetId : ''
    networkId: privateNetwork ? network!.outputs.id : ''
  }
}

module environment 'programs/environment.bicep' = {
  name: 'environment'
  params: {
    location: location
    name: name
    gpu: gpu
    subnetId: privateNetwork ? network!.outputs.programSubnetId : ''
    workspaceId: monitoring.outputs.workspaceId
  }
}

// What both programs are told. AZURE_CLIENT_ID makes DefaultAzureCredential take the program's own identity.
var settings = concat([
  { name: 'AzureWebJobsStorage__blobServiceUri', value: storage.outputs.blobEndpoint }
  { name: 'AzureWebJobsStorage__queueServiceUri', value: storage.outputs.queueEndpoint }
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: monitoring.outputs.connectionString }
], empty(otlpEndpoint) ? [] : [
  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: otlpEndpoint }
])

var appSettings = concat(settings, [
  { name: 'AZURE_CLIENT_ID', value: appIdentity.properties.clientId }
  { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
  { name: 'AzureWebJobsStorage__clientId', value: appIdentity.properties.clientId }
  { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'Authorization=AAD;ClientId=${appIdentity.properties.clientId}' }
  { name: 'Llm__Endpoint', value: usesOpenAi ? openAi!.outputs.endpoint : llmEndpoint }
  { name: 'Llm__ApiVersion', value: usesOpenAi ? '' : llmApiVersion }
  { name: 'Llm__Model', value: usesOpenAi ? openAi!.outputs.deployment : llmModel }
  { name: 'Llm__ModelVersion', value: usesOpenAi && !empty(openAiModelVersion) ? openAiModelVersion : llmModelVersion }
  { name: 'Pipeline__ScoreJobs', value: string(maxWorkers) }
  { name: 'RedistilSchedule', value: redistilSchedule }
], map(items(moreSettings), s => { name: s.key, value: s.value }))

module functions 'programs/functions.bicep' = if (backend == 'storage') {
  name: 'functions'
  params: {
    location: location
    name: '${name}-functions'
    environmentId: environment.outputs.id
    identityId: appIdentity.id
    registryServer: registry.outputs.server
    image: functionsImage
    placeholder: '${registryHost}/k8se/quickstart:latest'
    settings: concat(appSettings, [
      { name: 'AzureWebJobsStorage__tableServiceUri', value: storage.outputs.tableEndpoint }
      { name: 'FUNCTIONS_WORKER_RUNTIME', value: 'dotnet-isolated' }
    ])
  }
}

module scheduler 'data/scheduler.bicep' = if (backend == 'dts') {
  name: 'scheduler'
  params: {
    location: location
    name: '${name}-${suffix}'
    principalId: appIdentity.properties.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

var schedulerEndpoint = backend == 'dts' ? scheduler!.outputs.endpoint : ''

module flex 'programs/flex.bicep' = if (backend == 'dts') {
  name: 'flex'
  params: {
    location: location
    name: '${name}-flex-${suffix}'
    identityId: appIdentity.id
    deploymentUri: storage.outputs.deploymentUri
    subnetId: privateNetwork ? network!.outputs.flexSubnetId : ''
    workspaceId: monitoring.outputs.workspaceId
    settings: concat(appSettings, [
      {
        name: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
        value: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${appIdentity.properties.clientId}'
      }
      { name: 'AzureFunctionsJobHost__extensions__durableTask__hubName', value: backend == 'dts' ? scheduler!.outputs.hub : '' }
      { name: 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__type', value: 'azureManaged' }
      {
        name: 'AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName'
        value: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
      }
      // Nobody looks into containers there: Event Grid tells of dropped requests.
      { name: 'AzureWebJobs.SearchRequestBlobTrigger.Disabled', value: 'true' }
    ])
  }
}

module requests 'data/requests.bicep' = if (backend == 'dts') {
  name: 'requests'
  params: {
    location: location
    name: name
    storageAccount: storage.outputs.name
  }
}

module worker 'programs/worker.bicep' = {
  name: 'worker'
  params: {
    location: location
    name: '${name}-worker'
    environmentId: environment.outputs.id
    identityId: workerIdentity.id
    registryServer: registry.outputs.server
    image: workerImage
    placeholder: '${registryHost}/k8se/quickstart:latest'
    gpu: gpu
    settings: concat(settings, [
      { name: 'AZURE_CLIENT_ID', value: workerIdentity.properties.clientId }
      { name: 'Worker__Device', value: 'cuda' }
    ])
    storageAccount: storage.outputs.name
    maxWorkers: maxWorkers
  }
}

module alerts 'watching/alerts.bicep' = {
  name: 'alerts'
  params: {
    location: location
    name: name
    workspaceId: monitoring.outputs.workspaceId
    insightsId: monitoring.outputs.insightsId
    email: alertEmail
    stuckHours: stuckHours
    dailyModelDollars: dailyModelDollars
    monthlyBudget: monthlyBudget
    budgetStart: budgetStart
  }
}

// azd keeps these in its environment: azure.yaml reads them.
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.outputs.server
output REGISTRY_HOST string = registryHost
output HSNAS_ON_CONTAINER_APPS string = string(backend == 'storage')
output HSNAS_ON_FLEX string = string(backend == 'dts')
// Properties of the build (Directory.Build.props): azd hands its environment to dotnet.
output HsNasRuntime string = 'Azure'
output HsNasDurable string = backend
output FUNCTIONS_URL string = backend == 'storage' ? functions!.outputs.url : flex!.outputs.url
output STORAGE_ACCOUNT string = storage.outputs.name
// For a language model elsewhere: grant it the role "Cognitive Services OpenAI User" there.
output IDENTITY_PRINCIPAL_ID string = appIdentity.properties.principalId
