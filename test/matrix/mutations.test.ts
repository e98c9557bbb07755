import { defineTrait, Pods, propertiesOf, Scalable, type TraitFactory } from '@strake/core';
import { invariants } from '@strake/testing';
import { expect, test } from 'vitest';
import { COMPONENTS } from './components.ts';
import { Matrix, MatrixResult } from './matrix.ts';
import { ALL_SCOPES, NO_SCOPE, type MatrixScopes } from './scopes.ts';
import { TRAITS, type MatrixTrait } from './traits.ts';

const nothing = propertiesOf<{}>()({});
const from = { package: '@acme/traits', properties: nothing } as const;

/** `spread` of a careless author, who sets the number of pods on the way. */
const greedySpread = defineTrait({
  ...from,
  name: 'spread',
  summary: 'Spreads pods.',
  needs: [Pods, Scalable],
  apply: ({ edit, scalable }) => edit(scalable.workload).set('spec.replicas', 7, { override: true }),
});

/** `autoscale` of a careless author, who does not leave the number of pods to the autoscaler. */
const forgetfulAutoscale = defineTrait({
  ...from,
  name: 'autoscale',
  summary: 'Scales pods.',
  needs: [Scalable],
  apply({ create, component, scalable: { workload } }) {
    const { apiVersion, kind, name } = workload;
    create({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: component.name },
      spec: { scaleTargetRef: { apiVersion, kind, name }, maxReplicas: 5 },
    });
  },
});

/** A sidecar of a careless author, who adds an ordinary container. */
const lastingSidecar = defineTrait({
  ...from,
  name: 'sidecar',
  summary: 'Runs a container beside.',
  needs: [Pods],
  apply: ({ edit, pods }) =>
    edit(pods.workload)
      .at(pods.template)
      .merge({ spec: { containers: [{ name: 'proxy', image: 'proxy:1' }] } }),
});

/** `labels` of a careless author, who replaces the labels of the pods. */
const forgetfulLabels = defineTrait({
  ...from,
  name: 'labels',
  summary: 'Labels pods.',
  needs: [Pods],
  apply: ({ edit, pods }) =>
    edit(pods.workload)
      .at(pods.template)
      .set('metadata.labels', { ...pods.selector, team: 'shop' }),
});

function mutated(factory: TraitFactory<{}, string>, name: string): MatrixTrait {
  const trait = factory();
  return { name, factory: name, info: factory.definition, on: () => trait };
}

/** What the matrix says of a mutated trait beside one of ours on a WebService. */
function linesOf(
  mutant: MatrixTrait,
  beside: string,
  scopes: MatrixScopes = NO_SCOPE,
  on = 'WebService',
): readonly string[] {
  const component = COMPONENTS.find(({ type }) => type === on);
  const other = TRAITS.find(({ name }) => name === beside);
  if (component === undefined || other === undefined) throw new Error(`there is no ${beside}`);
  const result = new MatrixResult();
  new Matrix({ component, scopes }, result).pair(other, mutant);
  return result.lines;
}

test('fails for a trait that writes what another one writes, and names both and the field', () => {
  expect(linesOf(mutated(greedySpread, 'greedySpread'), 'replicas')).toContain(
    'keeps-out-of-others-fields: trial/web with replicas + spread, Deployment/web spec.replicas: `replicas` writes 3, which is lost',
  );
});

test('fails for a trait that leaves a field to a controller and does not say so', () => {
  expect(linesOf(mutated(forgetfulAutoscale, 'forgetfulAutoscale'), 'replicas')).toContain(
    'delegated-field-is-absent: trial/web with replicas + autoscale, Deployment/web spec.replicas: is written, and HorizontalPodAutoscaler/web decides it',
  );
});

test('fails for a trait that overrides what is left to a controller, although the controller wins', () => {
  const [line = ''] = linesOf(mutated(greedySpread, 'greedySpread'), 'autoscale');
  expect(line).toContain('Deployment/web spec.replicas: `spread` writes 7, which is lost');
});

test('fails for a trait that drops a label by which others find the pods', () => {
  const mutant = mutated(forgetfulLabels, 'forgetfulLabels');
  expect(linesOf(mutant, 'disruptionBudget')).toContain(
    'policy-selects-its-pods: trial/web with disruption-budget + labels, PodDisruptionBudget/web spec.selector: does not select the pods of Deployment/web',
  );
  expect(linesOf(mutant, 'replicas', ALL_SCOPES).map((line) => line.split(':')[0])).toContain(
    'policy-selects-its-pods',
  );
});

test('fails for a trait that keeps a task from ending', () => {
  const mutant = mutated(lastingSidecar, 'lastingSidecar');
  expect(linesOf(mutant, 'env', NO_SCOPE, 'CronTask')).toEqual([
    'task-ends: trial/web with env + sidecar, CronJob/web spec.jobTemplate.spec.template.spec.containers: `proxy` is added, and runs on when the task has ended',
  ]);
  expect(linesOf(mutant, 'env')).toEqual([]);
});

test('finds nothing where the same traits are as they should be', () => {
  for (const name of ['spread', 'labels']) {
    const trait = TRAITS.find((each) => each.name === name);
    if (trait === undefined) throw new Error(`there is no ${name}`);
    for (const beside of ['replicas', 'autoscale', 'disruptionBudget'])
      expect(linesOf(trait, beside)).toEqual([]);
  }
  expect(invariants.length).toBeGreaterThan(10);
});
