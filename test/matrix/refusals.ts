import type { Finding } from '@strake/core';

/** Traits that a component refuses, alone or together, and the words in which it says why. */
export interface Refusal {
  /** Names of one or two traits of the matrix; `*` stands for what comes after a name. */
  readonly traits: readonly [string] | readonly [string, string];
  /** Component types on which it holds. */
  readonly on?: readonly string[];
  /** Scopes under which it holds. */
  readonly under?: readonly string[];
  readonly code: Finding['code'];
  /** Part of what the finding says is written. */
  readonly written: RegExp;
}

/** Every refusal that is not declared by `needs`, `conflictsWith`, `requires` or `appliesTo`. */
export const REFUSALS: readonly Refusal[] = [
  {
    traits: ['disruptionBudget (minAvailable)'],
    code: 'property-invalid',
    written: /is 1 where there is 1 pod: none may ever go/,
  },
  {
    traits: ['metrics*'],
    code: 'reference-unknown',
    written: /^`metrics` asks at the port `(?:http|metrics)`$/,
  },
  {
    traits: ['mtlsException'],
    on: ['Task', 'CronTask'],
    code: 'reference-unknown',
    written: /`ports` of `mtlsException` has `http`/,
  },
  {
    traits: ['probes*'],
    on: ['Task', 'CronTask'],
    code: 'reference-unknown',
    written: /of `probes` asks at the port `http`/,
  },
  {
    traits: ['serviceAccount (existing)'],
    under: ['all scopes', 'all scopes, ambient'],
    code: 'hardening-relaxed',
    written: /`automountServiceAccountToken: true`, written by `serviceAccount`/,
  },
  {
    traits: ['expose'],
    on: ['StatefulService'],
    code: 'property-invalid',
    written: /whose Service has no address of its own/,
  },
  {
    traits: ['updateStrategy'],
    on: ['StatefulService'],
    code: 'property-invalid',
    written: /`maxSurge` of `updateStrategy` on a StatefulSet/,
  },
  ...['jsonPatch', 'mergePatch', 'strategicMerge'].map((patch): Refusal => ({
    traits: [patch],
    on: ['SecretClaim'],
    code: 'reference-unknown',
    written: /is for the object `Secret`/,
  })),
  {
    traits: ['autoscale (cpu)', 'replicas (one)'],
    code: 'property-invalid',
    written: /`count` of `replicas` is 1 beside `autoscale`/,
  },
  {
    traits: ['autoscale (cpu)', 'verticalAutoscale'],
    code: 'property-invalid',
    written: /`verticalAutoscale` changes the requests of cpu/,
  },
  { traits: ['ports', 'sidecar'], code: 'property-invalid', written: /both have a port `metrics`/ },
  ...['abTest', 'canary', 'blueGreen'].flatMap((rollout): Refusal[] => [
    { traits: [`${rollout}*`, 'expose*'], code: 'trait-conflict', written: /the trait `expose` beside/ },
    {
      traits: [`${rollout}*`, 'circuitBreaking'],
      code: 'trait-conflict',
      written: /circuitBreaking` beside/,
    },
  ]),
  { traits: ['abTest', 'route'], code: 'trait-conflict', written: /`route` with istio beside/ },
  { traits: ['canary', 'route'], code: 'trait-conflict', written: /`route` with istio beside/ },
  {
    traits: ['canary (gateway)', 'route'],
    code: 'trait-conflict',
    written: /`route` and `service.gatewayRefs` beside/,
  },
  {
    traits: ['canary (gateway)', 'traffic'],
    code: 'trait-conflict',
    written: /`traffic` beside `canary` with gateway/,
  },
  {
    traits: ['blueGreen', 'traffic'],
    code: 'trait-conflict',
    written: /`traffic` beside `blueGreen` with kubernetes/,
  },
];
