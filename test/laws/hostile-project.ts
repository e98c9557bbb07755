import { Config, SecretClaim, StatefulService, VolumeClaim, WebService, Worker } from '@strake/components';
import { Application, defineConfig, defineOperations, from, Platform } from '@strake/core';
import { mesh, namespace, network, sealedSecrets } from '@strake/scopes';
import { affinity, autoscale, probes, replicas, resources, spread, tolerations } from '@strake/traits';
import { traffic } from '@strake/traits/istio';
import { ApiObject } from 'cdk8s';
import { valueOf, type Hostile } from './hostile-values.ts';

/** A hostile value, and where in the parts of a project it stands. */
export interface Misplaced {
  readonly at: readonly string[];
  readonly value: Hostile;
}

/** All that a project can say, as plain data that anything can be put into. */
const PARTS = {
  config: { project: 'cart', ownsPlatform: true, repository: { path: './gitops' } },
  application: { name: 'cart', other: 'shop' },
  platform: {
    name: 'acme',
    environments: {
      staging: {
        tier: 'staging',
        cluster: 'eu',
        kubernetes: '1.34',
        namespace: 'cart',
        namespaces: { cart: 'cart' },
      },
    },
    selector: { tier: 'staging', environments: ['staging'], applications: ['cart'] },
  },
  ids: { web: 'web', redis: 'redis', settings: 'settings', secret: 'secret', disk: 'disk', mailer: 'mailer' },
  web: {
    image: 'ghcr.io/acme/cart:1.4.2',
    ports: { http: 8080 },
    env: { LOG_LEVEL: 'info' },
    args: ['--verbose'],
    mounts: {},
  },
  redis: { image: 'redis:7.4.1', ports: { redis: 6379 }, storage: { path: '/data', size: '1Gi' } },
  mailer: { image: 'ghcr.io/acme/mailer:1' },
  settings: { data: { 'cart.yaml': 'currency: EUR\n' } },
  secret: { keys: ['password'] },
  disk: { size: '2Gi' },
  connection: { port: 'redis', env: { address: 'REDIS_ADDR', host: 'HOST', port: 'PORT' } },
  object: {
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    metadata: { name: 'widget', namespace: 'cart', labels: { a: 'b' }, annotations: { c: 'd' } },
    spec: { list: [{ name: 'a' }], text: 'x' },
  },
  traits: {
    replicas: { count: 2 },
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
    probes: { readiness: { httpGet: { path: '/ready', port: 'http' } } },
    affinity: {
      nodes: { required: { pool: ['web'] } },
      pods: { apart: { preferred: 'kubernetes.io/hostname' } },
    },
    spread: { by: 'topology.kubernetes.io/zone' },
    tolerations: { taints: [{ key: 'dedicated', value: 'web', effect: 'NoSchedule' }] },
    autoscale: { max: 5 },
    traffic: { timeout: '15s', retries: { attempts: 3, perTryTimeout: '3s' } },
  },
  scopes: {
    namespace: {},
    network: { defaultDeny: true },
    mesh: { mode: 'sidecar', mtls: 'strict' },
    sealedSecrets: {},
  },
};

function placesIn(value: unknown, above: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [above];
  return [above, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...above, key]))];
}

/** What stands in no place of the parts. */
const ELSEWHERE = [
  'whole',
  'applications',
  'class',
  'operations',
  'operation',
  'platformValue',
  'environmentValue',
  'suppliesValue',
  'supply',
  'trait',
  'target',
  'thrownByClass',
  'thrownByOperations',
  'extra',
  'childKey',
].map((place) => [place]);

/** Maps whose entries are made of a text's characters, a million of them, where a text stands in their place. */
const TOO_MANY = /^(?:object\.metadata(?:\.labels|\.annotations)?|object)$/;

/** Every place that a hostile value is put into. */
export const PLACES: readonly (readonly string[])[] = [
  ...placesIn(PARTS).filter((each) => each.length > 0 && !TOO_MANY.test(each.join('.'))),
  ...ELSEWHERE,
];

type Loose = Record<string, unknown>;

/** Makes the configuration. What it throws, a user's configuration would throw as well. */
export function configOf(misplaced: readonly Misplaced[]): unknown {
  const parts: Loose = structuredClone(PARTS);
  for (const { at, value } of misplaced) setAt(parts, at, value);
  const has = (place: string) => Object.hasOwn(parts, place);
  if (has('whole')) return parts['whole'];
  const loose = parts as never as typeof PARTS & Loose;
  const Shop = shopOf(loose);
  const isClaimed = misplaced.some(({ at }) => at.includes('secret'));
  const Cart = cartOf(loose, Shop, isClaimed);
  const operations = defineOperations(Cart, (cart) => operate(cart, loose));
  const platform = platformOf(loose);
  const config = {
    ...loose.config,
    applications: has('applications')
      ? loose['applications']
      : {
          [String(loose.application.name)]: has('class') ? loose['class'] : Cart,
          [String(loose.application.other)]: Shop,
        },
    operations: has('operations')
      ? loose['operations']
      : [has('operation') ? loose['operation'] : operations],
    platform: has('platformValue') ? loose['platformValue'] : platform,
    ...(has('extra') ? { [String(loose['extra'])]: loose['extra'] } : {}),
  };
  return defineConfig(config as never);
}

function setAt(parts: Loose, at: readonly string[], value: Hostile): void {
  let place: unknown = parts;
  for (const key of at.slice(0, -1)) {
    place = typeof place === 'object' && place !== null ? Reflect.get(place, key) : undefined;
    if (place === undefined || place === null || typeof place !== 'object') return;
  }
  if (typeof place === 'object' && place !== null)
    Object.defineProperty(place, at.at(-1) ?? '', {
      value: valueOf(value),
      enumerable: true,
      writable: true,
      configurable: true,
    });
}

function shopOf(parts: typeof PARTS & Loose) {
  return class Shop extends Application {
    readonly api = new WebService(this, 'api', parts.web as never);
  };
}

/** A claim is always refused, since the project has no sealed data: so there is one only where it is wrong. */
function cartOf(parts: typeof PARTS & Loose, Shop: ReturnType<typeof shopOf>, isClaimed: boolean) {
  const { ids } = parts;
  return class Cart extends Application {
    readonly settings = new Config(this, ids.settings, parts.settings as never);
    readonly secret = isClaimed && new SecretClaim(this, ids.secret, parts.secret as never);
    readonly redis = new StatefulService(this, ids.redis, parts.redis as never);
    readonly disk = new VolumeClaim(this, ids.disk, parts.disk as never);
    readonly web = new WebService(this, ids.web, parts.web as never).connectTo(
      (Object.hasOwn(parts, 'target') ? parts['target'] : this.redis) as never,
      parts.connection as never,
    );
    readonly mailer = new Worker(this, ids.mailer, parts.mailer as never).connectTo(from(Shop).api);
    readonly widget = new ApiObject(this, 'widget', parts.object as never);
    readonly thrown = throwIfAny(parts, 'thrownByClass');
  };
}

function throwIfAny(parts: Loose, place: string): void {
  if (Object.hasOwn(parts, place)) throw parts[place];
}

function operate(cart: InstanceType<ReturnType<typeof cartOf>>, parts: typeof PARTS & Loose): void {
  const { traits } = parts;
  cart.web.attach(
    resources(traits.resources as never),
    probes(traits.probes as never),
    affinity(traits.affinity as never),
    spread(traits.spread as never),
    tolerations(traits.tolerations as never),
    autoscale(traits.autoscale as never),
    traffic(traits.traffic as never),
  );
  cart.mailer.attach(replicas(traits.replicas as never));
  if (Object.hasOwn(parts, 'trait')) cart.web.attach(parts['trait'] as never);
  throwIfAny(parts, 'thrownByOperations');
}

function platformOf(parts: typeof PARTS & Loose): unknown {
  const { platform, scopes } = parts;
  const made = new Platform(platform.name, { environments: platform.environments as never })
    .supply(namespace(scopes.namespace as never), platform.selector as never)
    .supply(network(scopes.network as never), platform.selector as never)
    .supply(mesh(scopes.mesh as never))
    .supply(sealedSecrets(scopes.sealedSecrets as never));
  const supplied = Object.hasOwn(parts, 'supply') ? made.supply(parts['supply'] as never) : made;
  if (Object.hasOwn(parts, 'environmentValue'))
    return { ...supplied, environments: parts['environmentValue'] };
  if (Object.hasOwn(parts, 'suppliesValue')) return { ...supplied, supplies: parts['suppliesValue'] };
  return supplied;
}
