// Application operators: how the boutique runs in each environment.
import { defineOperations } from '@strake/core';
import {
  annotations,
  disruptionBudget,
  expose,
  lifecycle,
  probes,
  replicas,
  resources,
  serviceAccount,
  spread,
  storage,
  type ProbeProperties,
} from '@strake/traits';
import { OnlineBoutique } from './app.ts';
import { hardening } from './hardening.ts';

const GRPC = { grpc: { port: 'grpc' } };
const REDIS = { tcpSocket: { port: 'tcp-redis' }, periodSeconds: 5 };
const SMALL = {
  requests: { cpu: '100m', memory: '64Mi' },
  limits: { cpu: '200m', memory: '128Mi' },
};

/** The gRPC health service, asked for readiness and liveness alike. */
function health(often: Omit<ProbeProperties, 'grpc'> = {}) {
  const probe = { ...GRPC, ...often };
  return probes({ readiness: probe, liveness: probe });
}

/** The page that the frontend answers without a customer; the cookie tells probes from customers in its log. */
function page(session: string): ProbeProperties {
  return {
    httpGet: {
      path: '/_healthz',
      port: 'http',
      httpHeaders: [{ name: 'Cookie', value: `shop_session-id=${session}` }],
    },
    initialDelaySeconds: 10,
  };
}

export const boutiqueOperations = defineOperations(OnlineBoutique, (boutique, environment) => {
  const { ads, cart, checkout, currency, email, frontend, payment, productCatalog, redis } = boutique;
  const { recommendation, shipping } = boutique;
  const services = [ads, cart, checkout, currency, email, frontend, payment, productCatalog];
  services.push(recommendation, shipping);

  boutique.with(...hardening);
  for (const each of services) each.attach(serviceAccount());
  for (const each of [ads, cart, currency, email, payment, productCatalog, recommendation])
    each.attach(lifecycle({ terminationGracePeriodSeconds: 5 }));
  for (const each of [checkout, currency, email, frontend, payment, productCatalog, shipping])
    each.attach(resources(SMALL));
  for (const each of [checkout, currency, payment, productCatalog]) each.attach(health());
  for (const each of [email, recommendation]) each.attach(health({ periodSeconds: 5 }));

  ads.attach(
    health({ initialDelaySeconds: 20, periodSeconds: 15 }),
    resources({ requests: { cpu: '200m', memory: '180Mi' }, limits: { cpu: '300m', memory: '300Mi' } }),
  );
  cart.attach(
    probes({
      readiness: { ...GRPC, initialDelaySeconds: 15 },
      liveness: { ...GRPC, initialDelaySeconds: 15, periodSeconds: 10 },
    }),
    resources({ requests: { cpu: '200m', memory: '64Mi' }, limits: { cpu: '300m', memory: '128Mi' } }),
  );
  recommendation.attach(
    resources({ requests: { cpu: '100m', memory: '220Mi' }, limits: { cpu: '200m', memory: '450Mi' } }),
  );
  shipping.attach(probes({ readiness: { ...GRPC, periodSeconds: 5 }, liveness: GRPC }));
  frontend.attach(
    probes({ readiness: page('x-readiness-probe'), liveness: page('x-liveness-probe') }),
    annotations({ annotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' }, on: 'pods' }),
    expose({ name: 'frontend-external', admit: 'everybody' }),
  );
  redis.attach(
    probes({ readiness: REDIS, liveness: REDIS }),
    resources({ requests: { cpu: '70m', memory: '200Mi' }, limits: { cpu: '125m', memory: '256Mi' } }),
    storage({ volumes: { 'redis-data': { emptyDir: {}, mountPath: '/data' } } }),
  );

  if (environment.tier !== 'production') return;
  // Redis keeps the carts in its one pod, so that it stays alone.
  for (const each of services) {
    each.attach(
      replicas({ count: each === frontend ? 3 : 2 }),
      spread({ by: 'topology.kubernetes.io/zone' }),
      disruptionBudget({ maxUnavailable: 1 }),
    );
  }
});
