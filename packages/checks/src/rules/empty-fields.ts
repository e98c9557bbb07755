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
    const look = (at: KubernetesObject, value: JsonValue | undefined, path: string) => {
      for (const empty of emptyFields(value, path)) report({ at, written: `\`${empty}\` is empty` });
    };
    for (const kind of SELECTING) for (const at of target.of(kind)) look(at, at['spec'], 'spec');
    for (const { object, spec } of podsOf(target)) {
      look(object, valueAt(object, 'spec', 'selector'), 'spec.selector');
      look(object, spec['affinity'], 'affinity');
      look(object, spec['topologySpreadConstraints'], 'topologySpreadConstraints');
    }
  },
});

function* emptyFields(value: JsonValue | undefined, path: string): Generator<string> {
  if (isJsonArray(value)) {
    for (const [index, element] of value.entries()) yield* emptyFields(element, `${path}[${index}]`);
  } else if (isJsonObject(value)) {
    for (const [name, field] of Object.entries(value)) {
      const place = `${path}.${name}`;
      if (DROPPED.has(name) && isEmpty(field)) yield place;
      else yield* emptyFields(field, place);
    }
  }
}

function isEmpty(value: JsonValue | undefined): boolean {
  return isJsonArray(value) ? value.length === 0 : isJsonObject(value) && Object.keys(value).length === 0;
}
