import { expect, test } from 'vitest';
import { suppliedShop, writes } from '../../../test/supplied-shop.ts';
import { health } from './health.ts';

const probe = { httpGet: { path: '/', port: 8080 } };
const probed = {
  spec: { template: { spec: { containers: [{ name: 'web', readinessProbe: probe }] } } },
};

test('times roll-outs that do not say themselves what they may take', () => {
  const { of } = suppliedShop([health({ progressDeadlineSeconds: 300, minReadySeconds: 5 })], ({ jobs }) =>
    jobs.attach(writes({ value: { spec: { progressDeadlineSeconds: 60, minReadySeconds: 0 } } })),
  );
  expect(of('Deployment', 'web')?.['spec']).toMatchObject({
    progressDeadlineSeconds: 300,
    minReadySeconds: 5,
  });
  expect(of('Deployment', 'jobs')?.['spec']).toMatchObject({
    progressDeadlineSeconds: 60,
    minReadySeconds: 0,
  });
});

test('keeps the time that a pod must be ready below the time that a roll-out may take', () => {
  const { of } = suppliedShop(
    [health({ progressDeadlineSeconds: 30, minReadySeconds: 20 })],
    ({ web, jobs }) => {
      web.attach(writes({ value: { spec: { progressDeadlineSeconds: 10 } } }));
      jobs.attach(writes({ value: { spec: { minReadySeconds: 40 } } }));
    },
  );
  expect(of('Deployment', 'web')?.['spec']).toMatchObject({ minReadySeconds: 9 });
  expect(of('Deployment', 'jobs')?.['spec']).toMatchObject({ progressDeadlineSeconds: 41 });
});

test('misses a readiness probe of what is called, and of nothing else', () => {
  const found = suppliedShop([health({ readinessProbe: 'error' })]).findings;
  expect(found.map(({ code, path, severity }) => [code, path, severity])).toEqual([
    ['readiness-missing', 'shop/web', 'error'],
  ]);
  expect(suppliedShop([health({ readinessProbe: 'ignore' })]).findings).toEqual([]);
  const { findings } = suppliedShop([health()], ({ web }) => web.attach(writes({ value: probed })));
  expect(findings).toEqual([]);
});

test('rejects pods that must be ready for longer than a roll-out may take', () => {
  const { findings } = suppliedShop([health({ progressDeadlineSeconds: 10, minReadySeconds: 10 })]);
  expect(findings.map(({ code, allowed }) => [code, allowed])).toEqual([
    ['property-invalid', 'less than `progressDeadlineSeconds`'],
  ]);
});
