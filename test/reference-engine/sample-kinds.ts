import type { JsonObject, JsonValue } from '@strake/core';

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

const LABELS = { app: 'web' };
const WEB = {
  name: 'web',
  image: 'web:1',
  args: ['serve'],
  ports: [
    { name: 'http', containerPort: 80 },
    { containerPort: 80, protocol: 'UDP' },
  ],
  env: [
    { name: 'LEVEL', value: 'info' },
    { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'a' } } },
  ],
  readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 },
};
const POD: JsonObject = {
  containers: [WEB, { name: 'side', image: 'side:1' }],
  volumes: [
    { name: 'tmp', emptyDir: {} },
    { name: 'conf', configMap: { name: 'conf' } },
  ],
  tolerations: [{ key: 'spot', operator: 'Exists' }],
};

const POD_FRAGMENTS: readonly JsonObject[] = [
  { containers: [{ name: 'web', image: 'web:2' }] },
  { containers: [{ name: 'web', image: 'web:3', env: [] }] },
  { containers: [{ name: 'web', env: [{ name: 'LEVEL', value: 'debug' }] }] },
  {
    containers: [
      { name: 'web', env: [{ name: 'LEVEL', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
    ],
  },
  { containers: [{ name: 'web', env: [{ name: 'KEY', value: 'plain' }] }] },
  { containers: [{ name: 'web', env: [{ name: 'KEY', valueFrom: { secretKeyRef: { key: 'b' } } }] }] },
  {
    containers: [
      { name: 'web', env: [{ name: 'KEY', valueFrom: { configMapKeyRef: { name: 'c', key: 'b' } } }] },
    ],
  },
  {
    containers: [
      {
        name: 'web',
        env: [
          { name: 'NEW', value: 'x' },
          { name: 'MORE', value: 'y' },
        ],
      },
    ],
  },
  { containers: [{ name: 'web', ports: [{ containerPort: 80, name: 'web' }] }] },
  { containers: [{ name: 'web', ports: [{ containerPort: 9090, protocol: 'TCP' }] }] },
  { containers: [{ name: 'web', readinessProbe: { tcpSocket: { port: 80 } } }] },
  { containers: [{ name: 'web', readinessProbe: { httpGet: { path: '/healthz' }, periodSeconds: 9 } }] },
  { containers: [{ name: 'web', args: ['no'] }] },
  { containers: [{ name: 'web', resources: { limits: {} } }] },
  { containers: [{ name: 'agent', image: 'agent:1', env: [{ name: 'LEVEL', value: 'info' }] }] },
  { containers: [{ name: 'agent', image: 'agent:2' }] },
  { containers: [{ image: 'nameless' }] },
  { containers: [{ name: 'proxy', image: 'proxy:1', volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] }] },
  { containers: { web: { image: 'web:9' } } },
  { volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }] },
  { volumes: [{ name: 'tmp', configMap: { name: 'tmp' } }] },
  {
    volumes: [
      { name: 'conf', secret: { secretName: 'conf' } },
      { name: 'data', emptyDir: {} },
    ],
  },
  { topologySpreadConstraints: [{ topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 1 }] },
  { topologySpreadConstraints: [{ topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 2 }] },
  { securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'a' } } },
  { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
  { securityContext: { seccompProfile: { localhostProfile: 'b' } } },
  { securityContext: { runAsUser: null } },
  { securityContext: {} },
];

const POD_PLACES: SampleKind['places'] = [
  ['containers', [[{ name: 'only', image: 'only:1' }], [{ name: 'side', image: 'side:2' }, WEB], [WEB, WEB]]],
  ['containers[web]', [{ name: 'web', image: 'web:7' }]],
  ['containers[web].image', ['web:1', 'web:4', 'web:5']],
  ['containers[web].args', [['a'], ['a', 'b'], []]],
  ['containers[web].env', [[{ name: 'LEVEL', value: 'warn' }], []]],
  ['containers[web].env[LEVEL]', [{ name: 'LEVEL', value: 'set' }]],
  ['containers[web].env[LEVEL].value', ['set', 'info']],
  ['containers[web].env[KEY].valueFrom', [{ fieldRef: { fieldPath: 'x' } }]],
  ['containers[web].env[KEY].valueFrom.secretKeyRef.key', ['a', 'z']],
  ['containers[web].env[NEW].value', ['new']],
  ['containers[web].ports[80].name', ['http', 'port']],
  ['containers[web].ports[80/UDP]', [{ containerPort: 80, protocol: 'UDP', name: 'dns' }]],
  ['containers[web].readinessProbe', [{ exec: { command: ['true'] } }]],
  [
    'containers[web].readinessProbe.httpGet',
    [
      { path: '/', port: 80 },
      { path: '/x', port: 80 },
    ],
  ],
  ['containers[web].readinessProbe.httpGet.path', ['/', '/y']],
  ['containers[agent].image', ['agent:9']],
  ['containers[agent]', [{ name: 'agent', image: 'agent:3' }]],
  ['containers[nope].image', ['nope']],
  ['volumes[tmp]', [{ name: 'tmp', emptyDir: { medium: 'Memory' } }]],
  ['volumes[tmp].emptyDir', [{}, { medium: 'Memory' }]],
  ['tolerations', [[], [{ key: 'gpu' }]]],
  ['tolerations[spot].key', ['x']],
  ['securityContext', [{ runAsUser: 1 }, 'text']],
  ['securityContext.seccompProfile.type', ['Localhost', 'Unconfined']],
  ['securityContext.runAsUser', [1, 2]],
];

const POD_LISTS: SampleKind['lists'] = [
  ['containers[web].args', ['a', 'b', '--verbose']],
  ['tolerations', [{ key: 'spot', operator: 'Exists' }, { key: 'gpu' }, { key: 'arm' }]],
  ['containers', [{ name: 'late' }]],
  ['securityContext', ['odd']],
];

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
