// Application operators: how the shopping cart runs in each environment.
import { defineOperations } from '@strake/core';
import {
  affinity,
  configRollout,
  containerSecurityContext,
  disruptionBudget,
  podSecurityContext,
  probes,
  replicas,
  resources,
  spread,
  tolerations,
  updateStrategy,
} from '@strake/traits';
import { circuitBreaking, traffic } from '@strake/traits/istio';
import { Cart } from './app.ts';

const webPool = { 'node.kubernetes.io/pool': ['web'] };

export const cartOperations = defineOperations(Cart, (cart, environment) => {
  const production = environment.tier === 'production';

  cart.web.attach(
    replicas({ count: production ? 3 : 1 }),
    resources({ requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } }),
    probes({
      readiness: { httpGet: { path: '/ready', port: 'http' } },
      liveness: { httpGet: { path: '/live', port: 'http' } },
    }),
    containerSecurityContext({ preset: 'restricted' }),
    configRollout(),
    traffic({
      timeout: '15s',
      retries: { attempts: 3, perTryTimeout: '3s' },
    }),
    circuitBreaking({
      outlierDetection: { consecutive5xxErrors: 5, interval: '10s', maxEjectionPercent: 50 },
    }),
  );
  cart.redis.attach(
    resources({ requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } }),
    probes({ readiness: { tcpSocket: { port: 'redis' } } }),
    podSecurityContext({ runAsUser: 999, runAsGroup: 999, fsGroup: 999 }),
  );
  cart.mailer.attach(
    replicas({ count: 1 }),
    resources({ requests: { cpu: '20m', memory: '64Mi' } }),
    containerSecurityContext({ preset: 'restricted' }),
    updateStrategy({ type: 'Recreate' }),
  );
  cart.reports.attach(replicas({ count: 1 }), resources({ requests: { cpu: '50m', memory: '64Mi' } }));

  if (production) {
    cart.web.attach(
      affinity({ nodes: { required: webPool }, pods: { apart: { preferred: 'kubernetes.io/hostname' } } }),
      tolerations({ taints: [{ key: 'dedicated', value: 'web', effect: 'NoSchedule' }] }),
      spread({ by: 'topology.kubernetes.io/zone' }),
      disruptionBudget({ maxUnavailable: 1 }),
    );
  }
});
