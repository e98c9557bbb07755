// Cluster operators: what holds for every application. In a company this is a package of its own, `@acme/platform`.
import { Platform } from '@strake/core';
import { mesh, namespace, network, sealedSecrets } from '@strake/scopes';

export const platform = new Platform('acme', {
  environments: {
    staging: { tier: 'staging', cluster: 'eu-staging', kubernetes: '1.34' },
    production: { tier: 'production', cluster: 'eu-1', kubernetes: '1.34' },
  },
})
  .supply(namespace())
  .supply(network({ defaultDeny: true }))
  .supply(mesh({ mode: 'sidecar', mtls: 'strict' }))
  .supply(sealedSecrets());
