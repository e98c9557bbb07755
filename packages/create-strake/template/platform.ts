import { Platform } from '@strake/core';
import { namespace, network } from '@strake/scopes';

// Cluster operators say here which environments there are, and what holds in them.
export const platform = new Platform('__name__-platform', {
  environments: {
    staging: { tier: 'staging', cluster: 'staging', kubernetes: '1.34' },
    production: { tier: 'production', cluster: 'production', kubernetes: '1.34' },
  },
})
  .supply(namespace())
  .supply(network());
