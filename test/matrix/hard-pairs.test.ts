import { mesh, network, security, namespace } from '@strake/scopes';
import type { Finding, Scope } from '@strake/core';
import { trials } from '@strake/testing';
import { expect, test } from 'vitest';
import { COMPONENTS } from './components.ts';
import { Matrix, MatrixResult } from './matrix.ts';
import { ALL_SCOPES, ALL_SCOPES_AMBIENT, GIVEN, NO_SCOPE } from './scopes.ts';
import { TRAITS, type MatrixTrait } from './traits.ts';

/** Traits whose pairs with a rollout are the hardest, because both want to decide the same. */
const BESIDE_CANARY = [
  'autoscale',
  'replicas',
  'disruptionBudget',
  'metrics',
  'spread',
  'affinity (apart)',
  'configRollout',
  'ingress',
  'serviceAccount',
  'scaledObject',
  'traffic',
];
const ROLLOUTS = ['canary', 'canary (gateway)', 'abTest', 'blueGreen'];
const SCOPES = [NO_SCOPE, ALL_SCOPES, ALL_SCOPES_AMBIENT];

function traitNamed(name: string): MatrixTrait {
  const found = TRAITS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

function componentNamed(type: string) {
  const found = COMPONENTS.find((each) => each.type === type);
  if (found === undefined) throw new Error(`there is no ${type}`);
  return found;
}

test.each(SCOPES)(
  'every rollout goes with what scales, protects, watches and reaches it, under $name',
  (scopes) => {
    const result = new MatrixResult();
    const matrix = new Matrix({ component: componentNamed('WebService'), scopes }, result);
    for (const rollout of ROLLOUTS)
      for (const beside of BESIDE_CANARY) matrix.pair(traitNamed(rollout), traitNamed(beside));
    expect(result.lines).toEqual([]);
    expect(result.refused).toBe(2);
  },
);

function tried(type: string, names: readonly string[], scopes: readonly Scope[] = [], given = GIVEN) {
  const component = componentNamed(type);
  const { of } = trials({ on: (application) => component.construct(application), scopes, given });
  const trial = of(...names.map((name) => traitNamed(name).on(type)));
  const errors = trial.findings.filter(({ severity }: Finding) => severity === 'error');
  const objects = trial.applications.flatMap(({ manifests }) => manifests.map(({ object }) => object));
  return { ...trial, codes: errors.map(({ code }) => code), objects };
}

test('autoscale takes over the count of replicas: as its least, and nobody writes it', () => {
  const { objects, violations } = tried('WebService', ['autoscale', 'replicas']);
  expect(violations).toEqual([]);
  expect(objects.find(({ kind }) => kind === 'HorizontalPodAutoscaler')).toMatchObject({
    spec: { minReplicas: 3 },
  });
  expect(objects.find(({ metadata }) => metadata.name === 'web')).not.toHaveProperty('spec.replicas');
});

test('KEDA and autoscale exclude each other, and it is said', () => {
  expect(tried('WebService', ['scaledObject', 'autoscale']).codes).toEqual(['trait-conflict']);
  expect(tried('WebService', ['autoscale', 'scaledObject']).codes).toEqual(['trait-conflict']);
});

test('an ambient mesh and a closed network go together: the tunnel is open', () => {
  const scopes = [namespace(), network(), mesh({ mode: 'ambient' })];
  const { violations, objects } = tried('WebService', ['metrics', 'canary'], scopes);
  expect(violations).toEqual([]);
  const policy = objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'web');
  expect(JSON.stringify(policy)).toContain('15008');
});

test.each(['Task', 'CronTask'])(
  'a sidecar lets a %s end, and is refused on a Kubernetes where it would not',
  (type) => {
    expect(tried(type, ['sidecar']).violations).toEqual([]);
    const component = componentNamed(type);
    const old = trials({ on: (application) => component.construct(application), kubernetes: '1.28' });
    expect(old.of(traitNamed('sidecar').on(type)).isRefused).toBe(true);
  },
);

test('restricted pods and sidecars of a mesh exclude each other without the CNI plugin of Istio', () => {
  const under = (...scopes: Scope[]) => tried('WebService', ['canary'], [namespace(), security(), ...scopes]);
  expect(under(mesh()).codes).toEqual(['scope-conflict']);
  expect(under(mesh({ cni: true }))).toMatchObject({ codes: [], violations: [] });
  expect(under(mesh({ mode: 'ambient' }))).toMatchObject({ codes: [], violations: [] });
});
