import { expect, test } from 'vitest';
import { operatedShop } from '../../../test/operated-shop.ts';
import { expose, type ExposeProperties } from './expose.ts';

function shopWith(properties: ExposeProperties, component: 'web' | 'database' = 'web') {
  const { findings, of, admissions } = operatedShop((shop) => shop[component].attach(expose(properties)));
  return { findings, admissions, service: (name: string) => of('Service', name) };
}

test("puts a load balancer before the component's own Service", () => {
  const { findings, service } = shopWith({
    loadBalancerClass: 'service.k8s.aws/nlb',
    loadBalancerSourceRanges: ['203.0.113.0/24'],
    externalTrafficPolicy: 'Local',
    annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' },
  });
  expect(findings).toEqual([]);
  expect(service('web')).toMatchObject({
    metadata: { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' } },
    spec: {
      type: 'LoadBalancer',
      loadBalancerClass: 'service.k8s.aws/nlb',
      loadBalancerSourceRanges: ['203.0.113.0/24'],
      externalTrafficPolicy: 'Local',
      selector: { app: 'web' },
      ports: [{ name: 'http' }, { name: 'redis' }],
    },
  });
});

test('gives a port the number that it has at the nodes', () => {
  const { findings, service } = shopWith({ type: 'NodePort', nodePorts: { http: 30_080 } });
  expect(findings).toEqual([]);
  expect(service('web')?.['spec']).toMatchObject({
    type: 'NodePort',
    ports: [
      { name: 'http', port: 80, targetPort: 'http', nodePort: 30_080 },
      { name: 'redis', port: 6379, targetPort: 'redis' },
    ],
  });
});

test('makes a Service of its own with the ports that are named', () => {
  const { findings, service } = shopWith({
    name: 'web-public',
    ports: ['http'],
    nodePorts: { http: 30_080 },
  });
  expect(findings).toEqual([]);
  expect(service('web')?.['spec']).not.toHaveProperty('type');
  expect(service('web-public')).toMatchObject({ metadata: { labels: { 'app.kubernetes.io/name': 'web' } } });
  expect(service('web-public')?.['spec']).toEqual({
    type: 'LoadBalancer',
    selector: { app: 'web' },
    ports: [
      { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'http', nodePort: 30_080 },
    ],
  });
});

test('brings clients to the same pod again', () => {
  const { service } = shopWith({
    type: 'ClusterIP',
    sessionAffinity: 'ClientIP',
    sessionAffinityTimeoutSeconds: 600,
    internalTrafficPolicy: 'Local',
  });
  expect(service('web')?.['spec']).toMatchObject({
    type: 'ClusterIP',
    internalTrafficPolicy: 'Local',
    sessionAffinity: 'ClientIP',
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } },
  });
});

test('asks for another Service where the own one has no address', () => {
  expect(shopWith({}, 'database').findings).toMatchObject([
    { code: 'property-invalid', path: 'shop/database', fix: 'Give `name`.' },
  ]);
  const { findings, service } = shopWith({ name: 'database-public' }, 'database');
  expect(findings).toEqual([]);
  expect(service('database-public')?.['spec']).toMatchObject({ ports: [{ name: 'postgres', port: 5432 }] });
});

test('warns of ports at nodes that clusters do not give', () => {
  expect(shopWith({ type: 'NodePort', nodePorts: { http: 8080 } }).findings).toMatchObject([
    { severity: 'warning', written: '`nodePorts.http` of `expose` is 8080' },
  ]);
});

test.each<[string, ExposeProperties, string]>([
  ['a port that is not there', { nodePorts: { admin: 30_000 } }, '`expose` names the port `admin`'],
  ['ports of no Service in particular', { ports: ['http'] }, '`name` of `expose` is missing'],
  [
    'source ranges of nodes',
    { type: 'NodePort', loadBalancerSourceRanges: ['10.0.0.0/8'] },
    '`loadBalancerSourceRanges` of `expose` is ["10.0.0.0/8"]',
  ],
  [
    'outside traffic in the cluster',
    { type: 'ClusterIP', externalTrafficPolicy: 'Local' },
    '`externalTrafficPolicy` of `expose` is "Local"',
  ],
  [
    'a time without affinity',
    { sessionAffinityTimeoutSeconds: 60 },
    '`sessionAffinityTimeoutSeconds` of `expose` is 60',
  ],
  [
    'a single address for a range',
    { loadBalancerSourceRanges: ['203.0.113.1'] },
    '`loadBalancerSourceRanges.0` of `expose` is "203.0.113.1"',
  ],
])('rejects %s', (_, properties, written) => {
  expect(shopWith(properties).findings).toMatchObject([{ written }]);
});

test('fits components that listen and run pods', () => {
  // @ts-expect-error what is outside of the cluster cannot be exposed by it
  const { findings } = operatedShop(({ mails }) => mails.attach(expose()));
  expect(findings).toMatchObject([{ code: 'capability-missing' }]);
});

test.each<[string, ExposeProperties, readonly string[]]>([
  ['everybody', { admit: 'everybody' }, ['0.0.0.0/0', '::/0']],
  [
    'ranges',
    { type: 'NodePort', admit: ['203.0.113.0/24', '2001:db8::/32'] },
    ['203.0.113.0/24', '2001:db8::/32'],
  ],
  [
    'whom the load balancer takes calls from',
    { loadBalancerSourceRanges: ['203.0.113.0/24'] },
    ['203.0.113.0/24'],
  ],
  ['nobody who is not named', {}, []],
])('admits %s to the ports that it exposes', (_, properties, ranges) => {
  const { findings, admissions } = shopWith({ ...properties, name: 'web-public', ports: ['http'] });
  expect(findings).toEqual([]);
  expect(admissions).toEqual(ranges.map((cidr) => ({ component: 'web', cidr, port: 8080 })));
});

test('refuses to admit an address that is no range', () => {
  expect(shopWith({ admit: ['203.0.113.1'] }).findings).toMatchObject([{ code: 'property-invalid' }]);
});
