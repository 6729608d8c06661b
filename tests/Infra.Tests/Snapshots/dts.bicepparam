// Durable Task Scheduler and Flex Consumption, a model deployed on Azure OpenAI, A100, alerts by mail.
using '../../../infra/main.bicep'

param backend = 'dts'
param registryHost = 'registry.example'
param workerImage = 'made.example/hsnas/worker:1'
param openAiModel = 'gpt-4o-mini'
param openAiModelVersion = '2024-07-18'
param gpu = 'A100'
param alertEmail = 'operator@example.com'
param otlpEndpoint = 'http://collector.example:4317'
param budgetStart = '2026-01-01'
