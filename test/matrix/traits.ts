import type { Trait, TraitInfo } from '@strake/core';
import * as plain from '@strake/traits';
import * as flagger from '@strake/traits/flagger';
import * as prometheus from '@strake/traits/prometheus';
import { definitionOf, traitExamples } from '../trait-examples.ts';

/** A trait with properties, as the matrix attaches it. */
export interface MatrixTrait {
  /** Name of the factory, and what is special about the properties: `autoscale (cpu)`. */
  readonly name: string;
  readonly factory: string;
  readonly info: TraitInfo;
  /** The trait for a component whose type has that name. */
  on(type: string): Trait<string>;
}

/** Properties besides those of the examples, for what examples do not show. */
const MORE: Readonly<Record<string, () => Trait<string>>> = {
  'affinity (apart)': () => plain.affinity({ pods: { apart: { preferred: 'kubernetes.io/hostname' } } }),
  'autoscale (cpu)': () => plain.autoscale({ min: 2, max: 10, cpu: 70 }),
  'canary (gateway)': () =>
    flagger.canary({
      provider: 'gatewayapi:v1',
      stepWeight: 10,
      threshold: 5,
      metrics: [{ name: 'request-success-rate', thresholdRange: { min: 99 } }],
      service: { gatewayRefs: [{ name: 'public', namespace: 'ingress' }] },
    }),
  'disruptionBudget (minAvailable)': () => plain.disruptionBudget({ minAvailable: 1 }),
  'expose (another)': () => plain.expose({ name: 'web-public', type: 'LoadBalancer', ports: ['http'] }),
  'ingress (tls)': () => plain.ingress({ hosts: ['shop.example.com'], tls: {} }),
  'metrics (sidecar)': () => prometheus.metrics({ port: 'metrics' }),
  'probes (all)': () =>
    plain.probes({
      startup: { tcpSocket: { port: 'http' } },
      liveness: { httpGet: { path: '/live', port: 8080 } },
      readiness: { httpGet: { path: '/ready', port: 'http' } },
    }),
  'replicas (one)': () => plain.replicas({ count: 1 }),
  'serviceAccount (existing)': () => plain.serviceAccount({ name: 'deployer', create: false }),
  'spread (strict)': () =>
    plain.spread({
      by: {
        'kubernetes.io/hostname': {
          whenUnsatisfiable: 'DoNotSchedule',
          matchLabelKeys: ['pod-template-hash'],
        },
      },
    }),
};

/** Patches name objects, which are others on every component. */
const PATCHES: Readonly<Record<string, (kind: string) => Trait<string>>> = {
  jsonPatch: (kind) =>
    plain.jsonPatch({
      reason: 'a reason',
      patches: [
        { target: { kind }, patch: [{ op: 'add', path: '/metadata/labels/acme.dev~1json', value: 'yes' }] },
      ],
    }),
  mergePatch: (kind) =>
    plain.mergePatch({
      reason: 'a reason',
      patches: [{ target: { kind }, patch: { metadata: { labels: { 'acme.dev/merge': 'yes' } } } }],
    }),
  strategicMerge: (kind) =>
    plain.strategicMerge({
      reason: 'a reason',
      patches: [{ target: { kind }, patch: { metadata: { labels: { 'acme.dev/strategic': 'yes' } } } }],
    }),
};

/** The kind of object that a patch is for. */
const PATCHED: Readonly<Record<string, string>> = {
  StatefulService: 'StatefulSet',
  Daemon: 'DaemonSet',
  Task: 'Job',
  CronTask: 'CronJob',
  ExternalService: 'Service',
  Config: 'ConfigMap',
  SecretClaim: 'Secret',
  VolumeClaim: 'PersistentVolumeClaim',
  Manifests: 'ConfigMap',
};

/** Every trait of `@strake/traits` with the properties of its example, and those with more. */
export const TRAITS: readonly MatrixTrait[] = [
  ...traitExamples().map(({ factory, make }) => {
    const patch = PATCHES[factory];
    return matrixTrait(factory, factory, (type) => patch?.(PATCHED[type] ?? 'Deployment') ?? make());
  }),
  ...Object.entries(MORE).map(([name, make]) => matrixTrait(name, name.split(' ')[0] ?? '', make)),
].toSorted((left, right) => (left.name < right.name ? -1 : 1));

function matrixTrait(name: string, factory: string, make: (type: string) => Trait<string>): MatrixTrait {
  const info = definitionOf(factory);
  if (info === undefined) throw new Error(`${factory} is no trait`);
  const made = new Map<string, Trait<string>>();
  return {
    name,
    factory,
    info,
    on: (type) => {
      const trait = made.get(type) ?? make(type);
      made.set(type, trait);
      return trait;
    },
  };
}
