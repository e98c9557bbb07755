import { expect, test } from 'vitest';
import { suppliedShop, writes } from '../../../test/supplied-shop.ts';
import { placement } from './placement.ts';

const pool = { 'node.kubernetes.io/pool': 'web' };

function podSpec(object: ReturnType<ReturnType<typeof suppliedShop>['of']>) {
  return JSON.parse(JSON.stringify(object?.['spec'])).template.spec;
}

test('puts the pods of a component on the nodes of the first pool that it fits', () => {
  const taints = [
    { key: 'batch', value: 'true', effect: 'NoSchedule' },
    { key: 'spot', effect: 'NoExecute' },
  ] as const;
  const { findings, of } = suppliedShop([
    placement({
      pools: [
        { nodeSelector: { pool: 'batch' }, taints, components: ['shop/jobs'] },
        { nodeSelector: { pool: 'never' }, podLabels: { app: 'other' } },
        { nodeSelector: { pool: 'web' }, podLabels: { app: 'web' } },
      ],
    }),
  ]);
  expect(findings).toEqual([]);
  expect(podSpec(of('Deployment', 'web'))).toMatchObject({ nodeSelector: { pool: 'web' } });
  expect(podSpec(of('Deployment', 'jobs'))).toMatchObject({
    nodeSelector: { pool: 'batch' },
    tolerations: [
      { key: 'batch', operator: 'Equal', value: 'true', effect: 'NoSchedule' },
      { key: 'spot', operator: 'Exists', effect: 'NoExecute' },
    ],
  });
});

test('leaves pods where a component or trait puts them, unless it is locked', () => {
  const value = { spec: { template: { spec: { nodeSelector: { 'node.kubernetes.io/pool': 'gpu' } } } } };
  const placed = (locked: boolean) =>
    suppliedShop([placement({ pools: [{ nodeSelector: pool }], locked })], ({ web }) =>
      web.attach(writes({ value })),
    );
  const { findings, of } = placed(false);
  expect(findings).toEqual([]);
  expect(podSpec(of('Deployment', 'web'))).toMatchObject(value.spec.template.spec);
  expect(placed(true).findings.map(({ code }) => code)).toEqual(['locked']);
});

test('spreads replicas over zones that nobody spreads over them', () => {
  const own = {
    topologyKey: 'topology.kubernetes.io/zone',
    maxSkew: 2,
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: { app: 'web' } },
  };
  const { of } = suppliedShop([placement({ zones: {} })], ({ web }) =>
    web.attach(writes({ value: { spec: { template: { spec: { topologySpreadConstraints: [own] } } } } })),
  );
  expect(podSpec(of('Deployment', 'web')).topologySpreadConstraints).toEqual([own]);
  expect(podSpec(of('Deployment', 'jobs')).topologySpreadConstraints).toEqual([
    {
      topologyKey: 'topology.kubernetes.io/zone',
      maxSkew: 1,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { app: 'jobs' } },
    },
  ]);
});
