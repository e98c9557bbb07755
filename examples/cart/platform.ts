// Cluster operators: what holds for every application. In a company this is a package of its own, `@acme/platform`.
import { Platform } from '@strake/core';
import { health, mesh, namespace, network, ownership, quota, sealedSecrets, security } from '@strake/scopes';

export const platform = new Platform('acme', {
  environments: {
    staging: { tier: 'staging', cluster: 'eu-staging', kubernetes: '1.34' },
    production: {
      tier: 'production',
      cluster: 'eu-1',
      kubernetes: '1.34',
      approval: 'pull-request',
      emergency: true,
    },
  },
  owners: ['@acme/platform'],
  applications: { cart: { owners: ['@acme/cart'] } },
})
  .supply(namespace())
  .supply(network({ defaultDeny: true }))
  .supply(mesh({ mode: 'sidecar', mtls: 'strict', cni: true }))
  .supply(security({ enforce: 'restricted' }))
  .supply(quota({ hard: { 'requests.cpu': '2', 'requests.memory': '2Gi', pods: 20 } }))
  .supply(health({ progressDeadlineSeconds: 300 }))
  .supply(ownership({ owners: { cart: { team: 'shop', costCenter: 'cc-4711' } } }))
  .supply(sealedSecrets());
