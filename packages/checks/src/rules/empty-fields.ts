import { defineRule, isJsonArray, isJsonObject, type JsonValue, type KubernetesObject } from '@strake/core';
import { podsOf } from './pods.ts';
import { valueAt } from './reading.ts';

/** Kinds whose whole `spec` is looked at; of pods it is what selects others. */
const SELECTING = ['NetworkPolicy.networking.k8s.io', 'PodDisruptionBudget.policy'] as const;

/**
 * Lists and maps of selectors and network policies that an API server does not keep where they are empty (Kubernetes API:
 * NetworkPolicySpec, NetworkPolicyIngressRule, NetworkPolicyEgressRule, LabelSelector). An empty selector itself is kept.
 */
const DROPPED: ReadonlySet<string> = new Set([
  'egress',
  'from',
  'ingress',
  'matchExpressions',
  'matchLabels',
  'ports',
  'to',
]);

/** What is empty and not kept does not stand in an object. */
export const noEmptyField = defineRule({
  package: '@strake/checks',
  code: 'no-empty-field',
  summary: 'selectors and policies without empty lists and maps that an API server does not keep',
  why: 'The API server leaves them out, so that the object changes each time that it is applied.',
  fix: 'Leave the field out: that means the same.',
  severity: 'warning',
  check(target, report) {
    const look = (at: KubernetesObject, value: JsonValue | undefined, path: string) =>
      eachEmptyField(value, [], (steps) =>
        report({ at, written: `\`${path}${steps.map(stepText).join('')}\` is empty` }),
      );
    for (const kind of SELECTING) for (const at of target.of(kind)) look(at, at['spec'], 'spec');
    for (const { object, spec } of podsOf(target)) {
      look(object, valueAt(object, 'spec', 'selector'), 'spec.selector');
      look(object, spec['affinity'], 'affinity');
      look(object, spec['topologySpreadConstraints'], 'topologySpreadConstraints');
    }
  },
});

type Steps = readonly (string | number)[];

/** Calls back for what is empty below a value, and says whether the value is so itself. */
function eachEmptyField(
  value: JsonValue | undefined,
  steps: (string | number)[],
  found: (steps: Steps) => void,
): boolean {
  if (isJsonArray(value)) {
    let index = 0;
    for (const element of value) {
      steps.push(index++);
      eachEmptyField(element, steps, found);
      steps.pop();
    }
    return value.length === 0;
  }
  if (!isJsonObject(value)) return false;
  const names = Object.keys(value);
  for (const name of names) {
    const field = value[name];
    if (typeof field !== 'object') continue;
    steps.push(name);
    if (eachEmptyField(field, steps, found) && DROPPED.has(name)) found(steps);
    steps.pop();
  }
  return names.length === 0;
}

function stepText(step: string | number): string {
  return typeof step === 'number' ? `[${step}]` : `.${step}`;
}
