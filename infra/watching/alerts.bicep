// What is worth a message, and a page about what to do then (docs/runbooks). The queries name metrics that the code emits; a test holds
// that.
param location string
param name string
param workspaceId string
param insightsId string
param email string
param stuckHours int
param dailyModelDollars int
param monthlyBudget int
param budgetStart string

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: '${name}-alerts'
  location: 'global'
  properties: {
    groupShortName: take(name, 12)
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

var rules = [
  {
    name: 'stuck-search'
    severity: 2
    window: 'PT1H'
    often: 'PT15M'
    query: loadTextContent('queries/stuck-search.kql')
    column: 'Seconds'
    threshold: stuckHours * 3600
  }
  {
    name: 'poisoned-job'
    severity: 1
    window: 'PT15M'
    often: 'PT5M'
    query: loadTextContent('queries/poisoned-job.kql')
    column: 'Jobs'
    threshold: 0
  }
  {
    name: 'spend'
    severity: 2
    window: 'P1D'
    often: 'PT1H'
    query: loadTextContent('queries/spend.kql')
    column: 'Dollars'
    threshold: dailyModelDollars
  }
]

resource alert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: '${name}-${rule.name}'
  location: location
  properties: {
    displayName: rule.name
    description: 'What to do: docs/runbooks/${rule.name}.md'
    severity: rule.severity
    enabled: true
    scopes: [workspaceId]
    windowSize: rule.window
    evaluationFrequency: rule.often
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Maximum'
          metricMeasureColumn: rule.column
          operator: 'GreaterThan'
          threshold: rule.threshold
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: empty(email) ? {} : { actionGroups: [group.id] }
  }
}]

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: '${name}-budget'
  properties: {
    category: 'Cost'
    amount: monthlyBudget
    timeGrain: 'Monthly'
    timePeriod: { startDate: budgetStart }
    notifications: {
      half: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 50
        thresholdType: 'Actual'
        contactEmails: empty(email) ? [] : [email]
        contactRoles: ['Owner']
      }
      foreseen: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: empty(email) ? [] : [email]
        contactRoles: ['Owner']
      }
    }
  }
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, name, 'workbook')
  location: location
  kind: 'shared'
  properties: {
    displayName: 'HsNas'
    category: 'workbook'
    sourceId: insightsId
    serializedData: loadTextContent('workbook.json')
  }
}
