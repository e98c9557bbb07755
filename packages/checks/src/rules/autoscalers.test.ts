import { Platform, type Finding } from '@strake/core';
import { checkRules } from '@strake/core/tools';
import { expect, test } from 'vitest';
import { deployment, object } from '../../../../test/sample-objects.ts';
import { testRules } from '../../../../test/rule-samples.ts';
import {
  noMissingScaleTarget,
  noReplicasWithHpa,
  uniqueScaleTarget,
  validHpaReplicas,
} from './autoscalers.ts';
import { noBlockingBudget, noMissingBudgetPods, noOverlappingBudget } from './budgets.ts';

const autoscaler = (name: string, bounds: Parameters<typeof object>[2] = {}, target = 'web') =>
  object('autoscaling/v2/HorizontalPodAutoscaler', name, {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: target },
    ...bounds,
  });
const scaled = (target: string) =>
  object('keda.sh/v1alpha1/ScaledObject', 'queue', { scaleTargetRef: { name: target } });
const budget = (spec: Parameters<typeof object>[2], name = 'web', app = 'web') =>
  object('policy/v1/PodDisruptionBudget', name, { selector: { matchLabels: { app } }, ...spec });

testRules([
  {
    rule: noMissingScaleTarget,
    trips: [deployment(), autoscaler('web', {}, 'wep')],
    written: 'HorizontalPodAutoscaler `web`: Deployment `wep` is not in namespace `shop`',
    passes: [
      [deployment(), autoscaler('web')],
      [deployment(), scaled('web')],
    ],
  },
  {
    rule: noReplicasWithHpa,
    trips: [deployment({}, { replicas: 3 }), autoscaler('web')],
    written: 'Deployment `web`: `spec.replicas` is 3',
    passes: [
      [deployment(), autoscaler('web')],
      [deployment(), deployment({}, { name: 'api', replicas: 3 }), autoscaler('web')],
    ],
  },
  {
    rule: validHpaReplicas,
    trips: [autoscaler('web', { minReplicas: 4, maxReplicas: 3 })],
    written: 'HorizontalPodAutoscaler `web`: it scales from 4 to 3',
    passes: [
      [autoscaler('web', { minReplicas: 3, maxReplicas: 3 })],
      [autoscaler('web', { maxReplicas: 2 })],
    ],
  },
  {
    rule: uniqueScaleTarget,
    trips: [autoscaler('web'), scaled('web')],
    written: 'ScaledObject `queue`: HorizontalPodAutoscaler `web` scales its target too',
    passes: [[autoscaler('web'), scaled('api')]],
  },
  {
    rule: noMissingBudgetPods,
    trips: [deployment(), budget({}, 'web', 'wep')],
    written: 'PodDisruptionBudget `web`: it selects no pods',
    passes: [[deployment(), budget({})]],
  },
  {
    rule: noBlockingBudget,
    trips: [
      deployment({}, { replicas: 2 }),
      budget({ maxUnavailable: 0 }, 'none'),
      budget({ minAvailable: '100%' }, 'all'),
      budget({ minAvailable: 2 }, 'two'),
    ],
    written: [
      'PodDisruptionBudget `none`: `maxUnavailable` is 0',
      'PodDisruptionBudget `all`: `minAvailable` is "100%"',
      'PodDisruptionBudget `two`: `minAvailable` is 2, of 2 pods',
    ],
    passes: [
      [deployment({}, { replicas: 2 }), budget({ minAvailable: 1 })],
      [deployment(), budget({ maxUnavailable: 1 })],
      [deployment(), autoscaler('web', { minReplicas: 2, maxReplicas: 4 }), budget({ minAvailable: 1 })],
      [deployment(), scaled('web'), budget({ minAvailable: 1 })],
      [budget({ minAvailable: 1 })],
    ],
  },
  {
    rule: noOverlappingBudget,
    trips: [deployment(), budget({ maxUnavailable: 1 }), budget({ maxUnavailable: 1 }, 'other')],
    written: 'PodDisruptionBudget `other`: it selects pods of PodDisruptionBudget `web` too',
    passes: [
      [
        deployment(),
        deployment({}, { name: 'api' }),
        budget({ maxUnavailable: 1 }),
        budget({ maxUnavailable: 1 }, 'api', 'api'),
      ],
    ],
  },
]);

test.each([
  [[], 1],
  [['spec', 'replicas'], 0],
])('a budget of pods that a controller counts (%j) blocks nothing for certain', (steps, expected) => {
  const [environment] = new Platform('acme', { environments: { production: {} } }).environments;
  const found: Finding[] = [];
  const check = checkRules({ recommended: [noBlockingBudget], today: '2026-11-22' });
  const writer = {
    layer: 'trait',
    definition: 'canary',
    package: '@acme/traits',
    path: '',
    origin: undefined,
  } as const;
  const write = { writer, operation: { kind: 'delegate', steps, to: 'flagger' }, options: {} } as const;
  const manifests = [
    { object: deployment(), delegations: [{ steps, to: 'flagger', write }] },
    { object: budget({ minAvailable: 1 }), delegations: [] },
  ];
  if (environment !== undefined)
    check.application({ environment, application: 'shop', namespace: 'shop', manifests }, (each) =>
      found.push(each),
    );
  check.end((each) => found.push(each));
  expect(found).toHaveLength(expected);
});
