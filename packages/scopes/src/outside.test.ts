import { expect, test } from 'vitest';
import { SCHEMAS_MISSING, violations } from '../../../test/custom-resource.ts';
import { makes, suppliedShop, type Shop } from '../../../test/supplied-shop.ts';
import { mesh } from './mesh.ts';
import { network } from './network.ts';

const calls = ({ web, jobs, mails, bank }: Shop) => [
  web.connectTo(mails),
  jobs.connectTo(mails).connectTo(bank),
];

test('opens the addresses of a service outside of the cluster to its callers', () => {
  const { of } = suppliedShop([network({ hosts: { '*.example.com': ['198.51.100.0/24'] } })], calls);
  const [bank, mails] = [
    { to: [{ ipBlock: { cidr: '203.0.113.7/32' } }], ports: [{ protocol: 'TCP', port: 443 }] },
    { to: [{ ipBlock: { cidr: '198.51.100.0/24' } }], ports: [{ protocol: 'TCP', port: 587 }] },
  ];
  expect(of('NetworkPolicy', 'jobs')?.['spec']).toMatchObject({ egress: [{}, {}, bank, mails] });
  expect(JSON.stringify(of('NetworkPolicy', 'web'))).not.toContain('203.0.113.7');
});

test('warns of a host name whose addresses nobody gives', () => {
  const { findings } = suppliedShop([network()], calls);
  expect(findings.map(({ code, path, severity }) => `${severity} ${code} ${path}`)).toEqual([
    'warning host-unreachable shop/jobs',
    'warning host-unreachable shop/web',
  ]);
  expect(suppliedShop([network({ hosts: { '*': ['0.0.0.0/0'] } })], calls).findings).toEqual([]);
});

test('tells a mesh that lets nothing else out of the host names that are called', () => {
  const { findings, of, objects } = suppliedShop([mesh({ outboundTrafficPolicy: 'REGISTRY_ONLY' })], calls);
  expect(findings).toEqual([]);
  expect(of('Sidecar')?.['spec']).toEqual({ outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } });
  expect(
    objects.filter(({ kind }) => kind === 'ServiceEntry').map(({ metadata, spec }) => [metadata.name, spec]),
  ).toEqual([
    [
      'shop.smtp.example.com',
      {
        hosts: ['smtp.example.com'],
        location: 'MESH_EXTERNAL',
        resolution: 'DNS',
        exportTo: ['.'],
        ports: [{ number: 587, name: 'smtp', protocol: 'TCP' }],
      },
    ],
  ]);
});

test('leaves out a host name that the application tells the mesh of itself', () => {
  const entry = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: 'own' },
    spec: { hosts: ['smtp.example.com'] },
  };
  const { objects } = suppliedShop([mesh({ outboundTrafficPolicy: 'REGISTRY_ONLY' })], (shop) => {
    calls(shop);
    shop.web.attach(makes({ objects: [entry] }));
  });
  expect(objects.filter(({ kind }) => kind === 'ServiceEntry').map(({ metadata }) => metadata.name)).toEqual([
    'own',
  ]);
});

test('leaves a component alone that says itself whom it allows', () => {
  const policy = {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'web' },
    spec: { action: 'ALLOW' },
  };
  const { findings, of } = suppliedShop([mesh({ authorization: 'namespaces' })], ({ web }) =>
    web.attach(makes({ objects: [policy] })),
  );
  expect(findings).toEqual([]);
  expect(of('AuthorizationPolicy', 'web')?.['spec']).toEqual(policy.spec);
  expect(of('AuthorizationPolicy', 'jobs')).toBeDefined();
});

test.skipIf(SCHEMAS_MISSING)('writes what the definitions of Istio allow', () => {
  const { objects } = suppliedShop([mesh({ outboundTrafficPolicy: 'REGISTRY_ONLY' })], calls);
  const judged = objects.filter(({ apiVersion }) => apiVersion.startsWith('networking.istio.io/'));
  expect(judged.flatMap(violations)).toEqual([]);
  expect(judged.map(({ kind }) => kind).toSorted()).toEqual(['ServiceEntry', 'Sidecar']);
});
