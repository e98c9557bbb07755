import { StatefulService, VolumeClaim, WebService, Worker } from '@strake/components';
import {
  Application,
  defineTrait,
  Exposed,
  from,
  Pods,
  Platform,
  propertiesOf,
  render,
  type JsonObject,
} from '@strake/core';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { mesh } from './mesh.ts';
import { network, type NetworkProperties } from './network.ts';

class Redis extends Application {
  readonly store = new StatefulService(this, 'store', { image: 'redis:7', ports: { redis: 6379 } });
}

class Shop extends Application {
  readonly api = new WebService(this, 'api', {
    image: 'api:1',
    ports: { http: { port: 80, containerPort: 8080 }, grpc: { port: 90, containerPort: 9090 } },
  });
  readonly web = new WebService(this, 'web', { image: 'web:1', ports: { http: 8000 } })
    .connectTo(this.api, { port: 'http' })
    .connectTo(this.api, { port: 'grpc' });
  readonly jobs = new Worker(this, 'jobs', { image: 'jobs:1' })
    .connectTo(this.api, { port: 'http' })
    .connectTo(from(Redis).store);
  readonly files = new VolumeClaim(this, 'files', { size: '1Gi' });
}

const admits = defineTrait({
  name: 'admits',
  package: '@acme/traits',
  summary: 'Admits a caller.',
  properties: propertiesOf<{
    readonly namespace?: string;
    readonly cidr?: string;
    readonly port?: number;
  }>()({
    namespace: z.string().optional(),
    cidr: z.string().optional(),
    port: z.int().optional(),
  }),
  needs: [Pods],
  apply: ({ admit }, { namespace = '', cidr, port }) =>
    admit(cidr === undefined ? { namespace, port } : { cidr, port }),
});

const atNodes = defineTrait({
  name: 'at-nodes',
  package: '@acme/traits',
  summary: 'Opens a port of the nodes.',
  properties: propertiesOf<{}>()({}),
  needs: [Exposed],
  apply: ({ edit, exposed }) => edit(exposed.service).set('spec.type', 'NodePort'),
});

function renderNetwork(
  properties: NetworkProperties = {},
  {
    Store = Shop,
    namespace,
    mode,
  }: {
    readonly Store?: typeof Shop;
    readonly namespace?: string;
    readonly mode?: 'sidecar' | 'ambient';
  } = {},
) {
  const alone = new Platform('acme', { environments: { live: { namespace } } }).supply(network(properties));
  const platform = mode === undefined ? alone : alone.supply(mesh({ mode }));
  const { applications, findings } = render({
    project: 'shop',
    applications: { shop: Store, redis: Redis },
    platform,
    ownsPlatform: true,
  });
  const policies = applications.flatMap(({ application, manifests }) =>
    manifests.flatMap(({ object }) => (object.kind === 'NetworkPolicy' ? [{ application, object }] : [])),
  );
  const specOf = (path: string) =>
    policies.find(({ application, object }) => path === `${application}/${object.metadata.name}`)?.object[
      'spec'
    ];
  return { findings, policies, specOf };
}

function namespaceOf(name: string): JsonObject {
  return { matchLabels: { 'kubernetes.io/metadata.name': name } };
}

function podsOf(name: string, application = 'shop'): JsonObject {
  return { matchLabels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': application } };
}

const DNS = {
  to: [
    {
      namespaceSelector: namespaceOf('kube-system'),
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};

test('opens a component to its callers only, on the ports of its container', () => {
  const { findings, specOf } = renderNetwork();
  expect(findings).toEqual([]);
  expect(specOf('shop/api')).toEqual({
    podSelector: podsOf('api'),
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [{ podSelector: podsOf('jobs') }], ports: [{ protocol: 'TCP', port: 8080 }] },
      {
        from: [{ podSelector: podsOf('web') }],
        ports: [
          { protocol: 'TCP', port: 8080 },
          { protocol: 'TCP', port: 9090 },
        ],
      },
    ],
    egress: [DNS],
  });
});

test('lists callers in the same order, however the code declares them', () => {
  class Reordered extends Shop {
    readonly cron = new Worker(this, 'cron', { image: 'cron:1' }).connectTo(this.api, { port: 'grpc' });
    readonly batch = new Worker(this, 'batch', { image: 'batch:1' }).connectTo(this.api, { port: 'grpc' });
    readonly mail = new Worker(this, 'mail', { image: 'mail:1' }).connectTo(this.api, { port: 'grpc' });
  }
  const { specOf } = renderNetwork({}, { Store: Reordered });
  const names = ['batch', 'cron', 'jobs', 'mail', 'web'];
  expect(specOf('shop/api')).toMatchObject({
    ingress: names.map((name) => ({ from: [{ podSelector: podsOf(name) }] })),
  });
});

test('selects namespace and pods of another application together', () => {
  const { specOf } = renderNetwork();
  const ports = [{ protocol: 'TCP', port: 6379 }];
  expect(specOf('redis/store')).toMatchObject({
    ingress: [{ from: [{ namespaceSelector: namespaceOf('shop'), podSelector: podsOf('jobs') }], ports }],
  });
  expect(specOf('shop/jobs')).toMatchObject({
    egress: [
      DNS,
      { to: [{ namespaceSelector: namespaceOf('redis'), podSelector: podsOf('store', 'redis') }], ports },
      { to: [{ podSelector: podsOf('api') }], ports: [{ protocol: 'TCP', port: 8080 }] },
    ],
  });
});

test('leaves the namespace out where applications share it', () => {
  const { specOf } = renderNetwork({}, { namespace: 'acme' });
  expect(specOf('redis/store')).toMatchObject({ ingress: [{ from: [{ podSelector: podsOf('jobs') }] }] });
});

test('closes a component that nobody calls', () => {
  const { specOf } = renderNetwork();
  expect(specOf('shop/jobs')).toHaveProperty('policyTypes', ['Ingress', 'Egress']);
  expect(specOf('shop/jobs')).toEqual(expect.not.objectContaining({ ingress: expect.anything() }));
});

test('writes no policy for a component without pods', () => {
  const names = renderNetwork().policies.map(
    ({ application, object }) => `${application}/${object.metadata.name}`,
  );
  expect(names.toSorted()).toEqual([
    'platform/default-deny',
    'platform/default-deny',
    'redis/store',
    'shop/api',
    'shop/jobs',
    'shop/web',
  ]);
});

test('denies everything else in every namespace, unless the operator does without', () => {
  const { policies, specOf } = renderNetwork();
  expect(specOf('platform/default-deny')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  const shared = policies.filter(({ application }) => application === 'platform');
  expect(shared.map(({ object }) => object.metadata.namespace)).toEqual(['redis', 'shop']);
  expect(renderNetwork({ defaultDeny: false }).specOf('platform/default-deny')).toBeUndefined();
});

test('admits the callers that traits name, on the named port or on all exposed ones', () => {
  class Admitting extends Shop {
    constructor(...given: ConstructorParameters<typeof Shop>) {
      super(...given);
      this.web.attach(admits({ namespace: 'gateways' }));
      this.jobs.attach(admits({ namespace: 'monitoring', port: 9102 }));
      this.api.attach(admits({ namespace: 'gateways', port: 9090 }));
    }
  }
  const { specOf } = renderNetwork({}, { Store: Admitting });
  const gateways = [{ namespaceSelector: namespaceOf('gateways') }];
  expect(specOf('shop/web')).toHaveProperty('ingress', [
    { from: gateways, ports: [{ protocol: 'TCP', port: 8000 }] },
  ]);
  expect(specOf('shop/jobs')).toHaveProperty('ingress', [
    { from: [{ namespaceSelector: namespaceOf('monitoring') }], ports: [{ protocol: 'TCP', port: 9102 }] },
  ]);
  expect(specOf('shop/api')).toHaveProperty('ingress.2', {
    from: gateways,
    ports: [{ protocol: 'TCP', port: 9090 }],
  });
});

test('never opens all ports of a component that exposes none', () => {
  class Admitting extends Shop {
    constructor(...given: ConstructorParameters<typeof Shop>) {
      super(...given);
      this.jobs.attach(admits({ namespace: 'monitoring' }));
    }
  }
  expect(renderNetwork({}, { Store: Admitting }).specOf('shop/jobs')).toEqual(
    expect.not.objectContaining({ ingress: expect.anything() }),
  );
});

test('opens what lies outside of the model for the components that are named', () => {
  const { specOf, findings } = renderNetwork({
    allowEgressTo: [
      { cidr: '10.20.0.0/16', except: ['10.20.9.0/24'], ports: [5432], components: ['shop/api'] },
      {
        cidr: 'fd00:20::/64',
        ports: [{ port: 8000, endPort: 8010, protocol: 'UDP' }],
        components: ['redis'],
      },
    ],
    allowIngressFrom: [{ namespace: 'monitoring', podLabels: { app: 'prometheus' } }],
  });
  expect(findings).toEqual([]);
  expect(specOf('shop/api')).toHaveProperty('egress.1', {
    to: [{ ipBlock: { cidr: '10.20.0.0/16', except: ['10.20.9.0/24'] } }],
    ports: [{ protocol: 'TCP', port: 5432 }],
  });
  expect(specOf('redis/store')).toHaveProperty('egress.1', {
    to: [{ ipBlock: { cidr: 'fd00:20::/64' } }],
    ports: [{ protocol: 'UDP', port: 8000, endPort: 8010 }],
  });
  expect(specOf('shop/web')).toHaveProperty('egress.length', 2);
  expect(specOf('shop/web')).toHaveProperty('ingress', [
    {
      from: [
        { namespaceSelector: namespaceOf('monitoring'), podSelector: { matchLabels: { app: 'prometheus' } } },
      ],
    },
  ]);
});

test('names a component that an outside peer is opened for and that does not exist', () => {
  const { findings } = renderNetwork({
    allowEgressTo: [{ cidr: '10.0.0.0/8', components: ['shop/apy', 'other/x'] }],
  });
  expect(findings.map(({ code, path, written }) => `${code} ${path}: ${written}`)).toEqual([
    'reference-unknown platform/network: `network` names the component `other/x`',
    'reference-unknown shop: `network` names the component `shop/apy`',
  ]);
  expect(findings.map(({ severity, fix }) => [severity, fix])).toEqual([
    ['warning', 'Name a component that exists.'],
    ['error', 'Did you mean `shop/api`?'],
  ]);
});

test.each([
  ['shopp', 'Did you mean `shop`?'],
  ['shopp/web', 'Did you mean `shop/web`?'],
])('takes the application of `%s` for misspelt', (name, fix) => {
  const { findings } = renderNetwork({ allowIngressFrom: [{ namespace: 'x', components: [name] }] });
  expect(findings).toMatchObject([{ code: 'reference-unknown', severity: 'error', fix }]);
});

test('opens ports that are named as the component names them, for everybody by IPv4 and IPv6', () => {
  const { findings, specOf } = renderNetwork({
    allowIngressFrom: [
      { everybody: true, ports: ['http'], components: ['shop/web'] },
      { namespace: 'monitoring', ports: ['grpc'] },
    ],
  });
  expect(findings).toEqual([]);
  const ports = [{ protocol: 'TCP', port: 8000 }];
  expect(specOf('shop/web')).toHaveProperty('ingress', [
    { from: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports },
    { from: [{ ipBlock: { cidr: '::/0' } }], ports },
  ]);
  expect(specOf('shop/api')).toHaveProperty('ingress.2.ports', [{ protocol: 'TCP', port: 9090 }]);
});

test.each<[number | string, string[], string]>([
  [80, ['shop/api'], 'Did you mean `http`? 80 is the port of its Service.'],
  ['htp', ['shop/api'], 'Did you mean `http`?'],
  ['redys', ['redis'], 'Did you mean `redis`?'],
  [8080, ['shop/web'], 'Name a port that exists.'],
])('names the port %j that %s does not have, and opens nothing', (port, components, fix) => {
  const { findings, specOf } = renderNetwork({
    allowIngressFrom: [{ cidr: '10.0.0.0/8', ports: [port], components }],
  });
  expect(findings).toMatchObject([
    { code: 'reference-unknown', severity: 'error', path: components[0], fix },
  ]);
  const policies = ['shop/api', 'shop/web', 'redis/store'].map(specOf);
  expect(JSON.stringify(policies)).not.toContain('10.0.0.0/8');
});

test('takes a port for misspelt that no component has, where it is opened for all', () => {
  const { findings } = renderNetwork({
    allowIngressFrom: [{ namespace: 'x', ports: ['htttp', 'metrics', 9102] }],
  });
  expect(findings).toMatchObject([{ code: 'reference-unknown', fix: 'Did you mean `http`?' }]);
});

test('admits addresses that traits name', () => {
  class Admitting extends Shop {
    constructor(...given: ConstructorParameters<typeof Shop>) {
      super(...given);
      this.web.attach(atNodes(), admits({ cidr: '203.0.113.0/24', port: 8000 }));
    }
  }
  const { findings, specOf } = renderNetwork({}, { Store: Admitting });
  expect(findings).toEqual([]);
  expect(specOf('shop/web')).toHaveProperty('ingress', [
    { from: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ protocol: 'TCP', port: 8000 }] },
  ]);
});

test('warns of a Service for callers outside that are not let in', () => {
  class Open extends Shop {
    constructor(...given: ConstructorParameters<typeof Shop>) {
      super(...given);
      this.api.attach(atNodes(), admits({ cidr: '203.0.113.0/24', port: 8080 }));
    }
  }
  const written =
    'the Service `api` is for callers outside of the cluster, and `network` lets none of them in on `grpc`';
  expect(renderNetwork({}, { Store: Open }).findings).toMatchObject([
    { code: 'service-closed', severity: 'warning', path: 'shop/api', written },
  ]);
  const opened = { everybody: true, ports: ['grpc'], components: ['shop/api'] };
  expect(renderNetwork({ allowIngressFrom: [opened] }, { Store: Open }).findings).toEqual([]);
  const other = { ...opened, everybody: false, namespace: 'x' };
  expect(renderNetwork({ allowIngressFrom: [other] }, { Store: Open }).findings).toHaveLength(1);
});

test('asks the DNS where the cluster has it, in the node too', () => {
  const { specOf } = renderNetwork({
    dns: {
      namespace: 'openshift-dns',
      podLabels: { dns: 'default' },
      port: 5353,
      nodeLocal: '169.254.20.10/32',
    },
  });
  expect(specOf('redis/store')).toHaveProperty('egress', [
    {
      to: [
        { namespaceSelector: namespaceOf('openshift-dns'), podSelector: { matchLabels: { dns: 'default' } } },
      ],
      ports: [
        { protocol: 'UDP', port: 5353 },
        { protocol: 'TCP', port: 5353 },
      ],
    },
    { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: DNS.ports },
  ]);
});

test('lets sidecars reach istiod', () => {
  const { specOf } = renderNetwork({}, { mode: 'sidecar' });
  expect(specOf('redis/store')).toHaveProperty('egress', [
    DNS,
    { to: [{ namespaceSelector: namespaceOf('istio-system') }], ports: [{ protocol: 'TCP', port: 15_012 }] },
  ]);
});

test('lets ambient pods tunnel to the pods that they may call, and kubelet probe them', () => {
  const { specOf } = renderNetwork(
    { allowEgressTo: [{ cidr: '10.20.0.0/16', ports: [5432], components: ['redis'] }] },
    { mode: 'ambient' },
  );
  const tunnel = { protocol: 'TCP', port: 15_008 };
  const ports = [{ protocol: 'TCP', port: 6379 }, tunnel];
  expect(specOf('redis/store')).toMatchObject({
    ingress: [
      { from: [{ namespaceSelector: namespaceOf('shop'), podSelector: podsOf('jobs') }], ports },
      { from: [{ ipBlock: { cidr: '169.254.7.127/32' } }] },
    ],
    egress: [DNS, { to: [{ ipBlock: { cidr: '10.20.0.0/16' } }], ports: [{ protocol: 'TCP', port: 5432 }] }],
  });
  expect(specOf('shop/jobs')).toHaveProperty('egress.1.ports', ports);
});

test.each<[string, NetworkProperties]>([
  ['everybody and addresses', { allowIngressFrom: [{ everybody: true, cidr: '10.0.0.0/8' }] }],
  ['neither addresses nor a namespace', { allowEgressTo: [{ ports: [5432] }] }],
  ['both addresses and a namespace', { allowEgressTo: [{ cidr: '10.0.0.0/8', namespace: 'db' }] }],
  ['an address that is no range', { allowEgressTo: [{ cidr: '10.0.0.1' }] }],
  ['labels without a namespace', { allowIngressFrom: [{ cidr: '10.0.0.0/8', podLabels: { app: 'x' } }] }],
  [
    'an empty list of ports, which would open them all',
    { allowIngressFrom: [{ namespace: 'db', ports: [] }] },
  ],
  [
    'a range of ports that ends before it starts',
    { allowIngressFrom: [{ namespace: 'db', ports: [{ port: 9, endPort: 8 }] }] },
  ],
])('rejects a peer with %s', (_, properties) => {
  const { findings } = renderNetwork(properties);
  expect(findings.map(({ code }) => code)).toEqual(['property-invalid']);
});
