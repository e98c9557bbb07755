import type { JsonObject, KubernetesObject, RuleTarget } from '@strake/core';
import { oncePerTarget } from './once-per-target.ts';
import { mapAt, mapsAt, textAt, textEntriesAt } from './reading.ts';

/** The pods that one object makes. */
export interface PodsOfObject {
  readonly object: KubernetesObject;
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly spec: JsonObject;
  /** All containers, the ones that run before the others first. */
  readonly containers: readonly PodContainer[];
}

/** One container of a pod. */
export interface PodContainer {
  /** Its name; `?` where it has none. */
  readonly name: string;
  readonly value: JsonObject;
  readonly ports: readonly JsonObject[];
  readonly env: readonly JsonObject[];
  /** Whether it runs as long as the pod does. */
  readonly isLasting: boolean;
}

/** Kinds that make pods, and where their pod template stands. */
const TEMPLATES: readonly (readonly [string, readonly string[]])[] = [
  ['Deployment.apps', ['spec', 'template']],
  ['StatefulSet.apps', ['spec', 'template']],
  ['DaemonSet.apps', ['spec', 'template']],
  ['ReplicaSet.apps', ['spec', 'template']],
  ['ReplicationController', ['spec', 'template']],
  ['Job.batch', ['spec', 'template']],
  ['CronJob.batch', ['spec', 'jobTemplate', 'spec', 'template']],
  ['Rollout.argoproj.io', ['spec', 'template']],
  ['Pod', []],
];

/** Kinds whose pods run until they are replaced. */
export const LASTING_KINDS: readonly string[] = ['Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps'];

/** Kinds that own pods by a selector that must be theirs alone. */
export const SELECTING_KINDS: readonly string[] = [
  ...LASTING_KINDS,
  'ReplicaSet.apps',
  'ReplicationController',
  'Rollout.argoproj.io',
];

/** The pods of one application. */
interface KnownPods {
  readonly all: readonly PodsOfObject[];
  readonly byKind: ReadonlyMap<string, readonly PodsOfObject[]>;
}

const knownPods = oncePerTarget((target): KnownPods => {
  const byKind = podsByKind(target);
  return { all: [...byKind.values()].flat(), byKind };
});

/** The pods of an application, of all kinds that make some or of the given ones. */
export function podsOf(target: RuleTarget, kinds?: readonly string[]): readonly PodsOfObject[] {
  const { all, byKind } = knownPods(target);
  return kinds === undefined ? all : kinds.flatMap((kind) => byKind.get(kind) ?? []);
}

function podsByKind(target: RuleTarget): ReadonlyMap<string, readonly PodsOfObject[]> {
  const byKind = new Map<string, readonly PodsOfObject[]>();
  for (const [kind, path] of TEMPLATES) {
    const objects = target.of(kind);
    if (objects.length === 0) continue;
    const pods = objects.map((object) => podsOfObject(object, path, target));
    byKind.set(
      kind,
      pods.filter((each) => each !== undefined),
    );
  }
  return byKind;
}

function podsOfObject(
  object: KubernetesObject,
  path: readonly string[],
  target: RuleTarget,
): PodsOfObject | undefined {
  const template = mapAt(object, ...path);
  const spec = mapAt(template, 'spec');
  if (spec === undefined) return undefined;
  const labels = new Map(textEntriesAt(template, 'metadata', 'labels'));
  const namespace = object.metadata.namespace ?? target.namespace;
  return { object, namespace, labels, spec, containers: containersOf(spec) };
}

function containersOf(spec: JsonObject): PodContainer[] {
  const container = (value: JsonObject, isLasting: boolean): PodContainer => ({
    name: textAt(value, 'name') ?? '?',
    value,
    ports: mapsAt(value, 'ports'),
    env: mapsAt(value, 'env'),
    isLasting,
  });
  return [
    ...mapsAt(spec, 'initContainers').map((each) =>
      container(each, textAt(each, 'restartPolicy') === 'Always'),
    ),
    ...mapsAt(spec, 'containers').map((each) => container(each, true)),
  ];
}
