import { defineOperations } from '@strake/core';
import { probes, replicas, resources } from '@strake/traits';
import { __Name__ } from './app.ts';

// Application operators say here how it runs, once for each environment.
export const operations = defineOperations(__Name__, (app, environment) => {
  app.web.attach(
    replicas({ count: environment.tier === 'production' ? 3 : 1 }),
    resources({ requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } }),
    probes({ readiness: { httpGet: { path: '/', port: 'http' } } }),
  );
});
