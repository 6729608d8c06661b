// Three subnets: the Container Apps environment, Flex Consumption, and private endpoints.
param location string
param name string

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${name}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'programs'
        properties: {
          addressPrefix: '10.20.0.0/23'
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'flex'
        properties: {
          addressPrefix: '10.20.2.0/24'
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: '10.20.3.0/24' }
      }
    ]
  }
}

output id string = network.id
output programSubnetId string = network.properties.subnets[0].id
output flexSubnetId string = network.properties.subnets[1].id
output endpointSubnetId string = network.properties.subnets[2].id
