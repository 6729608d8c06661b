// History in the storage account, a language model elsewhere, nothing switched on.
using '../../../infra/main.bicep'

param registryHost = 'registry.example'
param llmEndpoint = 'https://model.example/openai/v1/'
param llmModel = 'model'
param budgetStart = '2026-01-01'
