import type { JsonObject, JsonValue } from '@strake/core';
import { LABELS, POD, POD_FRAGMENTS, POD_LISTS, POD_PLACES, WEB } from './sample-pod.ts';

/** What the random writes to objects of one kind are made of: few places and few values, so that writers often meet. */
export interface SampleKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly bases: readonly JsonObject[];
  /** Values to merge. */
  readonly fragments: readonly JsonObject[];
  /** Places to set, remove and delegate, with values for them. */
  readonly places: readonly (readonly [path: string, values: readonly JsonValue[]])[];
  /** Places to append to. */
  readonly lists: readonly (readonly [path: string, values: readonly JsonValue[]])[];
}

const METADATA: readonly JsonObject[] = [
  { metadata: { labels: { tier: 'front' } } },
  { metadata: { labels: { tier: 'back' }, annotations: { note: 'a' } } },
  { metadata: { annotations: {} } },
  { metadata: { finalizers: ['a.io/x', 'a.io/y'] } },
  { metadata: { finalizers: ['a.io/z', 'a.io/z'] } },
  { metadata: 'broken' },
];
const METADATA_PLACES: SampleKind['places'] = [
  ['metadata.labels', [{ tier: 'front' }, {}]],
  ['metadata.labels.tier', ['front', 'side']],
  ['metadata.finalizers', [['a.io/x'], []]],
];

function below(prefix: string, entries: SampleKind['places']): SampleKind['places'] {
  return entries.map(([path, values]) => [`${prefix}.${path}`, values]);
}

const DEPLOYMENT: SampleKind = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  bases: [
    {
      metadata: { name: 'web', labels: LABELS },
      spec: { replicas: 1, strategy: { type: 'Recreate' }, template: { spec: POD } },
    },
    {
      metadata: { name: 'web', finalizers: ['a.io/x'] },
      spec: {
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
        template: { metadata: { labels: LABELS }, spec: POD },
      },
    },
    {
      metadata: { name: 'web' },
      spec: { template: { spec: { containers: [WEB, WEB, { image: 'nameless' }], volumes: [] } } },
    },
    {
      metadata: { name: 'web' },
      spec: {
        template: { spec: { containers: [{ ...WEB, env: [{ name: 'LEVEL', value: 'a', valueFrom: {} }] }] } },
      },
    },
  ],
  fragments: [
    ...METADATA,
    ...POD_FRAGMENTS.map((spec) => ({ spec: { template: { spec } } })),
    { spec: { replicas: 2 } },
    { spec: { replicas: 3 } },
    { spec: { strategy: { type: 'RollingUpdate' } } },
    { spec: { strategy: { type: 'Recreate' } } },
    { spec: { strategy: { rollingUpdate: { maxUnavailable: 0 } } } },
    { spec: { strategy: { rollingUpdate: { maxSurge: 2 }, type: 'RollingUpdate' } } },
  ],
  places: [
    ...METADATA_PLACES,
    ...below('spec.template.spec', POD_PLACES),
    ['spec.replicas', [1, 2, 5]],
    ['spec.strategy', [{ type: 'Recreate' }]],
    ['spec.strategy.type', ['Recreate', 'RollingUpdate']],
    ['spec.strategy.rollingUpdate', [{ maxSurge: 3 }]],
    ['spec.template', [{ spec: { containers: [WEB] } }]],
  ],
  lists: [...below('spec.template.spec', POD_LISTS), ['metadata.finalizers', ['a.io/x', 'a.io/w']]],
};

const POD_KIND: SampleKind = {
  apiVersion: 'v1',
  kind: 'Pod',
  bases: [
    { metadata: { name: 'web' }, spec: POD },
    { metadata: { name: 'web' }, spec: { containers: [WEB] } },
  ],
  fragments: [...METADATA, ...POD_FRAGMENTS.map((spec) => ({ spec }))],
  places: [...METADATA_PLACES, ...below('spec', POD_PLACES)],
  lists: below('spec', POD_LISTS),
};

const SERVICE: SampleKind = {
  apiVersion: 'v1',
  kind: 'Service',
  bases: [
    {
      metadata: { name: 'web' },
      spec: {
        ports: [
          { port: 80, name: 'http' },
          { port: 53, protocol: 'UDP' },
        ],
      },
    },
    {
      metadata: { name: 'web' },
      spec: { ports: [{ port: 80 }, { port: 80, protocol: 'TCP' }], selector: LABELS },
    },
  ],
  fragments: [
    ...METADATA,
    { spec: { ports: [{ port: 80, targetPort: 8080 }] } },
    { spec: { ports: [{ port: 80, targetPort: 8081 }, { port: 443 }] } },
    { spec: { ports: [{ port: 53, protocol: 'UDP', name: 'dns' }] } },
    { spec: { ports: [{ name: 'portless' }], selector: { app: 'web' } } },
    { spec: { selector: { app: 'api' }, loadBalancerSourceRanges: ['10.0.0.0/8'] } },
  ],
  places: [
    ...METADATA_PLACES,
    ['spec.ports[80]', [{ port: 80, name: 'set' }]],
    ['spec.ports[80/TCP].targetPort', [8080, 8082]],
    ['spec.ports[53]', [{ port: 53 }]],
    ['spec.selector', [{ app: 'web' }, { app: 'api' }]],
    ['spec', [{ ports: [] }, 5]],
  ],
  lists: [
    ['spec.loadBalancerSourceRanges', ['10.0.0.0/8', '192.168.0.0/16']],
    ['spec.ports', [{ port: 1 }]],
  ],
};

const ROUTE = { match: [{ uri: { prefix: '/' } }], route: [{ destination: { host: 'web' } }] };
const VIRTUAL_SERVICE: SampleKind = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  bases: [
    { metadata: { name: 'web' }, spec: { hosts: ['web'], http: [ROUTE] } },
    { metadata: { name: 'web' } },
  ],
  fragments: [
    ...METADATA,
    { spec: { hosts: ['api'] } },
    { spec: { exportTo: {}, http: { timeout: '5s' } } },
    { spec: { http: [ROUTE] } },
  ],
  places: [
    ...METADATA_PLACES,
    ['spec.http', [[ROUTE], [{ ...ROUTE, timeout: '5s' }]]],
    ['spec.http[0]', [ROUTE]],
    ['spec.http.timeout', ['1s']],
    ['spec.hosts', [['web'], ['*']]],
    ['spec', [{ hosts: [] }]],
    ['spec.gateways', [['mesh'], {}]],
  ],
  lists: [
    ['spec.http', [ROUTE, { timeout: '1s' }]],
    ['spec.hosts', ['web', 'api']],
    ['spec.gateways', ['mesh']],
  ],
};

export const SAMPLE_KINDS: readonly SampleKind[] = [DEPLOYMENT, POD_KIND, SERVICE, VIRTUAL_SERVICE];
