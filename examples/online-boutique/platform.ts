// Cluster operators: two environments, and a network that is closed but for what developers and operators declare.
import { Platform } from '@strake/core';
import { namespace, network } from '@strake/scopes';

export const platform = new Platform('acme', {
  namespace: 'online-boutique',
  environments: {
    staging: { tier: 'staging', cluster: 'eu-staging', kubernetes: '1.34' },
    production: { tier: 'production', cluster: 'eu-1', kubernetes: '1.34' },
  },
  // Customers in production are real ones.
  applications: { load: { environments: ['staging'] } },
})
  .supply(namespace())
  .supply(network());
