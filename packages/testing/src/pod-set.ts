import type { JsonObject, KubernetesObject } from '@strake/core';
import { mapAt, mapsAt, numberAt, textAt, textsAt } from './json-at.ts';
import type { Labels } from './label-selector.ts';

/** The pods that one workload makes. */
export interface PodSet {
  readonly workload: KubernetesObject;
  /** Construct path of the component that they belong to. */
  readonly owner: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly spec: JsonObject;
  /** Where the pod template stands in the workload: `spec.template`. */
  readonly template: string;
  readonly ports: readonly PodPort[];
}

/** A port that a container declares. */
export interface PodPort {
  readonly name: string | undefined;
  readonly number: number;
  readonly protocol: string;
  /** Whether the container runs as long as the pod does, and is no native sidecar. */
  readonly isMain: boolean;
}

/** Kinds that make pods, and where their pod template stands. */
const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** The pods of a workload; undefined for an object that makes none. */
export function podSetOf(workload: KubernetesObject, owner: string, namespace: string): PodSet | undefined {
  const steps = TEMPLATES[workload.kind];
  if (steps === undefined || !/^(?:apps|batch)\//.test(workload.apiVersion)) return undefined;
  const template = mapAt(workload, ...steps);
  const spec = mapAt(template, 'spec');
  if (spec === undefined) return undefined;
  const labels = textsAt(template, 'metadata', 'labels');
  return { workload, owner, namespace, labels, spec, template: steps.join('.'), ports: portsOf(spec) };
}

/** All containers of a pod, those first that start first. */
export function containersOf({ spec }: Pick<PodSet, 'spec'>): readonly JsonObject[] {
  return [...mapsAt(spec, 'initContainers'), ...mapsAt(spec, 'containers')];
}

function portsOf(spec: JsonObject): PodPort[] {
  const main = mapsAt(spec, 'containers');
  return containersOf({ spec }).flatMap((container) =>
    mapsAt(container, 'ports').flatMap((port) => {
      const number = numberAt(port, 'containerPort');
      if (number === undefined) return [];
      const protocol = textAt(port, 'protocol') ?? 'TCP';
      return [{ name: textAt(port, 'name'), number, protocol, isMain: main.includes(container) }];
    }),
  );
}
