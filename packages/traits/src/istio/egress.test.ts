import { expect, test } from 'vitest';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { egress, type EgressProperties } from './egress.ts';

test('makes hosts outside known to the namespace', () => {
  const { findings, of } = operatedShop(({ web }) =>
    web.attach(egress({ hosts: [{ host: 'api.payments.example' }] })),
  );
  expect(findings).toEqual([]);
  expect(of('ServiceEntry')).toEqual({
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: {
      name: 'api.payments.example',
      namespace: 'shop',
      labels: { 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'strake' },
    },
    spec: {
      hosts: ['api.payments.example'],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      exportTo: ['.'],
      ports: [{ number: 443, name: 'port-443', protocol: 'TLS' }],
    },
  });
  expect(of('Sidecar')).toBeUndefined();
});

test('lets the sidecar encrypt what the component sends in plain text', () => {
  const ports = [{ number: 80, protocol: 'HTTP', tls: {} }] as const;
  const { findings, of } = operatedShop(({ jobs }) =>
    jobs.attach(egress({ hosts: [{ host: 'api.payments.example', ports }] })),
  );
  expect(findings).toEqual([]);
  expect(of('ServiceEntry')?.['spec']).toMatchObject({
    ports: [{ number: 80, name: 'port-80', protocol: 'HTTP', targetPort: 443 }],
  });
  expect(of('DestinationRule')?.['spec']).toEqual({
    host: 'api.payments.example',
    exportTo: ['.'],
    trafficPolicy: {
      portLevelSettings: [
        {
          port: { number: 80 },
          tls: { mode: 'SIMPLE', sni: 'api.payments.example', subjectAltNames: ['api.payments.example'] },
        },
      ],
    },
  });
});

test('asks for no address of names below a wildcard', () => {
  const { of } = operatedShop(({ web }) => web.attach(egress({ hosts: [{ host: '*.payments.example' }] })));
  expect(of('ServiceEntry')).toMatchObject({
    metadata: { name: 'wildcard.payments.example' },
    spec: { hosts: ['*.payments.example'], resolution: 'NONE' },
  });
});

test("holds the component's own sidecars to hosts that the mesh knows", () => {
  const { of } = operatedShop(({ web }) => web.attach(egress({ outboundTrafficPolicy: 'REGISTRY_ONLY' })));
  expect(of('Sidecar')).toMatchObject({
    metadata: { name: 'web' },
    spec: {
      workloadSelector: { labels: { 'app.kubernetes.io/name': 'web' } },
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    },
  });
});

test('takes one host from two components that agree, and reports them when they do not', () => {
  const callers = (second: EgressProperties) =>
    operatedShop(({ web, jobs }) => {
      web.attach(egress({ hosts: [{ host: 'api.payments.example' }] }));
      jobs.attach(egress(second));
    });
  const agreed = callers({ hosts: [{ host: 'api.payments.example' }] });
  expect(agreed.findings).toEqual([]);
  expect(agreed.objects.filter(({ kind }) => kind === 'ServiceEntry')).toHaveLength(1);
  const ports = [{ number: 443, protocol: 'HTTP' }] as const;
  expect(callers({ hosts: [{ host: 'api.payments.example', ports }] }).findings).toMatchObject([
    { code: 'conflict' },
  ]);
});

test('warns of protocols that carry no host name', () => {
  const ports = [{ number: 5432, protocol: 'TCP' }] as const;
  const { findings } = operatedShop(({ web }) =>
    web.attach(egress({ hosts: [{ host: 'db.example', ports }] })),
  );
  expect(findings).toMatchObject([{ severity: 'warning', path: 'shop/web' }]);
});

test.each<[string, EgressProperties, string]>([
  ['a host twice', { hosts: [{ host: 'a.example' }, { host: 'a.example' }] }, '`hosts` of `egress` is'],
  [
    'encrypting what is encrypted',
    { hosts: [{ host: 'a.example', ports: [{ number: 443, protocol: 'TLS', tls: {} }] }] },
    '`hosts.0.ports.0.tls` of `egress` is {}',
  ],
  [
    'encrypting to a wildcard',
    { hosts: [{ host: '*.example.com', ports: [{ number: 80, protocol: 'HTTP', tls: {} }] }] },
    '`hosts.0.host` of `egress` is "*.example.com"',
  ],
  ['nothing', {}, '`properties` of `egress` is {}'],
])('rejects %s', (_, properties, written) => {
  const { findings } = operatedShop(({ web }) => web.attach(egress(properties)));
  expect(findings).toMatchObject([{ code: 'property-invalid', written: expect.stringContaining(written) }]);
});
