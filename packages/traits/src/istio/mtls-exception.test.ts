import { expect, test } from 'vitest';
import { operatedShop } from '../../../../test/operated-shop.ts';
import { mtlsException, type MtlsExceptionProperties } from './mtls-exception.ts';

const reason = 'The scraper is not in the mesh.';

test('excepts ports of the container, says why, and lets the callers in', () => {
  const { admissions, findings, of } = operatedShop(({ web }) =>
    web.attach(mtlsException({ ports: ['http', 9000], reason, from: ['monitoring'] })),
  );
  expect(findings).toEqual([]);
  expect(of('PeerAuthentication')).toMatchObject({
    metadata: { name: 'web-exception', annotations: { 'strake.dev/reason': reason } },
    spec: {
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      portLevelMtls: { 8080: { mode: 'PERMISSIVE' }, 9000: { mode: 'PERMISSIVE' } },
    },
  });
  expect(admissions).toEqual([
    { component: 'web', namespace: 'monitoring', port: 8080 },
    { component: 'web', namespace: 'monitoring', port: 9000 },
  ]);
});

test('leaves what holds for the other ports to the namespace, and lets in nobody by itself', () => {
  const { admissions, of } = operatedShop(({ jobs }) =>
    jobs.attach(mtlsException({ ports: [9000], reason, mode: 'DISABLE' })),
  );
  expect(of('PeerAuthentication')?.['spec']).toEqual({
    selector: { matchLabels: { 'app.kubernetes.io/name': 'jobs' } },
    portLevelMtls: { 9000: { mode: 'DISABLE' } },
  });
  expect(admissions).toEqual([]);
});

test('names the ports of the container when another one is given', () => {
  const { findings, of } = operatedShop(({ web }) =>
    web.attach(mtlsException({ ports: ['metrics'], reason })),
  );
  expect(findings).toMatchObject([
    {
      code: 'reference-unknown',
      written: '`ports` of `mtlsException` has `metrics`',
      allowed: '`http`, `redis`',
    },
  ]);
  expect(of('PeerAuthentication')).toBeUndefined();
});

test.each<[string, MtlsExceptionProperties]>([
  ['no ports', { ports: [], reason }],
  ['no reason', { ports: ['http'], reason: ' ' }],
])('rejects %s', (_, properties) => {
  const { findings } = operatedShop(({ web }) => web.attach(mtlsException(properties)));
  expect(findings).toMatchObject([{ code: 'property-invalid' }]);
});
