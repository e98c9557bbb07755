// Cluster operators: two environments, and a network that is closed but for declared connections.
import { Platform } from '@strake/core';
import { namespace, network } from '@strake/scopes';

export const platform = new Platform('acme', {
  environments: {
    staging: {
      tier: 'staging',
      cluster: 'eu-staging',
      kubernetes: '1.34',
      namespace: 'online-boutique',
    },
    production: {
      tier: 'production',
      cluster: 'eu-1',
      kubernetes: '1.34',
      namespace: 'online-boutique',
    },
  },
})
  .supply(namespace())
  .supply(
    network({
      allowIngressFrom: [{ cidr: '0.0.0.0/0', ports: [8080], components: ['online-boutique/frontend'] }],
    }),
  );
