// All that may be private is.
using '../../../infra/main.bicep'

param registryHost = 'registry.example'
param functionsImage = 'made.example/hsnas/functions:1'
param openAiModel = 'gpt-4o-mini'
param privateNetwork = true
param moreSettings = { Pipeline__LatencyRuns: '50' }
param budgetStart = '2026-01-01'
