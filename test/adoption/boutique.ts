import { Manifests, WebService, Worker } from '@strake/components';
import { Application, defineOperations, type Component } from '@strake/core';
import {
  annotations,
  containerSecurityContext,
  initContainer,
  lifecycle,
  podSecurityContext,
  probes,
  replicas,
  resources,
  serviceAccount,
  storage,
  type ProbeProperties,
} from '@strake/traits';

interface Callable {
  readonly port: number;
  readonly containerPort?: number;
  /** Variables in the order of the running pods. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether the container's port has a name. */
  readonly isNamed?: boolean;
}

/** Online Boutique as its own manifests run it, taken over. A build fills in its images. */
export class Boutique extends Application {
  readonly ads = this.service('adservice', { port: 9555, env: { PORT: '9555' } });
  readonly currency = this.service('currencyservice', {
    port: 7000,
    env: { PORT: '7000', DISABLE_PROFILER: '1' },
    isNamed: true,
  });
  readonly email = this.service('emailservice', {
    port: 5000,
    containerPort: 8080,
    env: { PORT: '8080', DISABLE_PROFILER: '1' },
  });
  readonly payment = this.service('paymentservice', {
    port: 50_051,
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
  });
  readonly shipping = this.service('shippingservice', {
    port: 50_051,
    env: { PORT: '50051', DISABLE_PROFILER: '1' },
  });
  readonly catalog = this.service('productcatalogservice', {
    port: 3550,
    env: { PORT: '3550', DISABLE_PROFILER: '1' },
  });
  readonly redis = new WebService(this, 'redis-cart', {
    image: 'redis:alpine',
    ports: { 'tcp-redis': 6379 },
    adopt: {
      selector: { app: 'redis-cart' },
      container: { name: 'redis', ports: [{ containerPort: 6379 }] },
    },
  });
  readonly cart = this.service('cartservice', {
    port: 7070,
    env: { REDIS_ADDR: 'redis-cart:6379' },
  }).connectTo({ REDIS_ADDR: this.redis });
  readonly recommendation = this.service('recommendationservice', {
    port: 8080,
    env: {
      PORT: '8080',
      PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice:3550',
      DISABLE_PROFILER: '1',
    },
  }).connectTo({ PRODUCT_CATALOG_SERVICE_ADDR: this.catalog });
  readonly checkout = this.service('checkoutservice', { port: 5050, env: { PORT: '5050' } }).connectTo({
    PRODUCT_CATALOG_SERVICE_ADDR: this.catalog,
    SHIPPING_SERVICE_ADDR: this.shipping,
    PAYMENT_SERVICE_ADDR: this.payment,
    EMAIL_SERVICE_ADDR: this.email,
    CURRENCY_SERVICE_ADDR: this.currency,
    CART_SERVICE_ADDR: this.cart,
  });
  readonly frontend = new WebService(this, 'frontend', {
    image: 'frontend',
    ports: { http: { port: 80, containerPort: 8080 } },
    env: {
      PORT: '8080',
      PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice:3550',
      CURRENCY_SERVICE_ADDR: 'currencyservice:7000',
      CART_SERVICE_ADDR: 'cartservice:7070',
      RECOMMENDATION_SERVICE_ADDR: 'recommendationservice:8080',
      SHIPPING_SERVICE_ADDR: 'shippingservice:50051',
      CHECKOUT_SERVICE_ADDR: 'checkoutservice:5050',
      AD_SERVICE_ADDR: 'adservice:9555',
      SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
      ENABLE_PROFILER: '0',
    },
    adopt: {
      selector: { app: 'frontend' },
      container: { name: 'server', ports: [{ containerPort: 8080 }] },
    },
  }).connectTo({
    PRODUCT_CATALOG_SERVICE_ADDR: this.catalog,
    CURRENCY_SERVICE_ADDR: this.currency,
    CART_SERVICE_ADDR: this.cart,
    RECOMMENDATION_SERVICE_ADDR: this.recommendation,
    SHIPPING_SERVICE_ADDR: this.shipping,
    CHECKOUT_SERVICE_ADDR: this.checkout,
    AD_SERVICE_ADDR: this.ads,
  });
  readonly external = new Manifests(this, 'external', {
    objects: [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'frontend-external', labels: { app: 'frontend' } },
        spec: {
          type: 'LoadBalancer',
          selector: { app: 'frontend' },
          ports: [{ name: 'http', port: 80, targetPort: 8080 }],
        },
      },
    ],
  });
  readonly load = new Worker(this, 'loadgenerator', {
    image: 'loadgenerator',
    env: { FRONTEND_ADDR: 'frontend:80', USERS: '10', RATE: '1' },
    adopt: { selector: { app: 'loadgenerator' }, container: { name: 'main' } },
  }).connectTo({ FRONTEND_ADDR: this.frontend });

  service(name: string, { port, containerPort = port, env, isNamed = false }: Callable) {
    return new WebService(this, name, {
      image: name,
      ports: { grpc: { port, containerPort } },
      env,
      adopt: {
        selector: { app: name },
        container: {
          name: 'server',
          ports: [isNamed ? { name: 'grpc', containerPort } : { containerPort }],
        },
        service: { targetPorts: { grpc: containerPort } },
      },
    });
  }
}

const SMALL = { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } };
const LEAST_RIGHTS = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
} as const;

function health(port: number, often: Omit<ProbeProperties, 'grpc'> = {}) {
  const probe = { grpc: { port }, ...often };
  return probes({ readiness: probe, liveness: probe });
}

function page(session: string): ProbeProperties {
  const httpHeaders = [{ name: 'Cookie', value: `shop_session-id=${session}` }];
  return { httpGet: { path: '/_healthz', port: 8080, httpHeaders }, initialDelaySeconds: 10 };
}

/** What operators say of the workloads, in the words of the traits. */
export function boutiqueOperations(init: { readonly image: string; readonly script: string }) {
  return defineOperations(Boutique, (shop) => {
    const { ads, cart, catalog, checkout, currency, email, frontend, load, payment, redis } = shop;
    const { recommendation, shipping } = shop;
    shop.with(
      podSecurityContext({ runAsUser: 1000, runAsGroup: 1000, runAsNonRoot: true, fsGroup: 1000 }),
      containerSecurityContext(LEAST_RIGHTS),
    );
    const account = serviceAccount({ automountServiceAccountToken: 'as-account' });
    const short: readonly Component<'pods'>[] = [ads, cart, currency, email, payment, catalog];
    for (const each of [...short, recommendation, load])
      each.attach(lifecycle({ terminationGracePeriodSeconds: 5 }));
    for (const each of [...short, recommendation, load, checkout, shipping, frontend]) each.attach(account);
    for (const each of [checkout, currency, email, payment, catalog, shipping, frontend])
      each.attach(resources(SMALL));
    checkout.attach(health(5050));
    currency.attach(health(7000));
    payment.attach(health(50_051));
    catalog.attach(health(3550));
    email.attach(health(8080, { periodSeconds: 5 }));
    recommendation.attach(
      health(8080, { periodSeconds: 5 }),
      resources({ requests: { cpu: '100m', memory: '220Mi' }, limits: { cpu: '200m', memory: '450Mi' } }),
    );
    shipping.attach(
      probes({
        readiness: { grpc: { port: 50_051 }, periodSeconds: 5 },
        liveness: { grpc: { port: 50_051 } },
      }),
    );
    ads.attach(
      health(9555, { initialDelaySeconds: 20, periodSeconds: 15 }),
      resources({ requests: { cpu: '200m', memory: '180Mi' }, limits: { cpu: '300m', memory: '300Mi' } }),
    );
    cart.attach(
      probes({
        readiness: { grpc: { port: 7070 }, initialDelaySeconds: 15 },
        liveness: { grpc: { port: 7070 }, initialDelaySeconds: 15, periodSeconds: 10 },
      }),
      resources({ requests: { cpu: '200m', memory: '64Mi' }, limits: { cpu: '300m', memory: '128Mi' } }),
    );
    redis.attach(
      probes({
        readiness: { tcpSocket: { port: 6379 }, periodSeconds: 5 },
        liveness: { tcpSocket: { port: 6379 }, periodSeconds: 5 },
      }),
      resources({ requests: { cpu: '70m', memory: '200Mi' }, limits: { cpu: '125m', memory: '256Mi' } }),
      storage({ volumes: { 'redis-data': { emptyDir: {}, mountPath: '/data' } } }),
    );
    frontend.attach(
      probes({ readiness: page('x-readiness-probe'), liveness: page('x-liveness-probe') }),
      annotations({ annotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' }, on: 'pods' }),
    );
    load.attach(
      replicas({ count: 1 }),
      annotations({ annotations: { 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' }, on: 'pods' }),
      resources({ requests: { cpu: '300m', memory: '256Mi' }, limits: { cpu: '500m', memory: '512Mi' } }),
      initContainer({
        containers: {
          'frontend-check': {
            image: init.image,
            command: ['/bin/sh', '-exc', init.script],
            env: { FRONTEND_ADDR: 'frontend:80' },
            securityContext: LEAST_RIGHTS,
          },
        },
      }),
    );
  });
}
