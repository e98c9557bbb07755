import { JsonPatch, type ApiObject } from 'cdk8s';
import type { Component, PodsFacet } from '@strake/core';
import * as z from 'zod';

/** What is known of a kind of workload. */
interface WorkloadKind {
  /** Where its pod template stands. */
  readonly template: string;
  /** Whether `spec.replicas` is the number of its pods. */
  readonly isScalable: boolean;
}

const WORKLOADS: Readonly<Record<string, WorkloadKind>> = {
  'apps/DaemonSet': { template: 'spec.template', isScalable: false },
  'apps/Deployment': { template: 'spec.template', isScalable: true },
  'apps/ReplicaSet': { template: 'spec.template', isScalable: true },
  'apps/StatefulSet': { template: 'spec.template', isScalable: true },
  'argoproj.io/Rollout': { template: 'spec.template', isScalable: true },
  'batch/CronJob': { template: 'spec.jobTemplate.spec.template', isScalable: false },
  'batch/Job': { template: 'spec.template', isScalable: false },
};

/** What kind of workload an object is; undefined when it makes no pods. */
export function workloadKind({ apiGroup, kind }: ApiObject): WorkloadKind | undefined {
  return WORKLOADS[`${apiGroup}/${kind}`];
}

const labels = z.record(z.string(), z.string());

const podTemplate = z.object({
  metadata: z.looseObject({ labels: labels.optional() }).optional(),
  spec: z.object({
    containers: z
      .array(
        z.object({
          name: z.string(),
          ports: z.array(z.object({ name: z.string().optional(), containerPort: z.int() })).optional(),
        }),
      )
      .min(1),
  }),
});

const workloadSchema = z.object({
  spec: z.object({
    selector: z
      .object({ matchLabels: labels.optional(), matchExpressions: z.array(z.unknown()).optional() })
      .optional(),
    template: podTemplate.optional(),
    jobTemplate: z.object({ spec: z.object({ template: podTemplate }) }).optional(),
  }),
});

const NAME = 'app.kubernetes.io/name';
const PART_OF = 'app.kubernetes.io/part-of';

/** The pods of a workload that somebody else wrote; undefined when it names no container. */
export function podsOfWorkload(
  component: Component,
  workload: ApiObject,
  adopt = false,
): PodsFacet | undefined {
  const kind = workloadKind(workload);
  const pod = podTemplateOf(workload);
  const [container] = pod?.spec.containers ?? [];
  if (kind === undefined || pod === undefined || container === undefined) return undefined;
  const given = pod.metadata?.labels ?? {};
  if (adopt && [NAME, PART_OF].some((key) => given[key] !== component.labels[key])) {
    const selector = selectorOf(workload) ?? given;
    const { template } = kind;
    return { workload, template, container: container.name, selector, labels: selector, adopted: true };
  }
  const name = { [NAME]: given[NAME] ?? component.name };
  const selector = selectorOf(workload) ?? name;
  // Pods that share a name of the user's own with others are told apart by the selector only.
  const labels = name[NAME] === component.name ? name : selector;
  return { workload, template: kind.template, container: container.name, selector, labels };
}

/** Adds the component's labels to the pods of a workload, where they do not have them. */
export function labelPods(component: Component, workload: ApiObject): void {
  const { template = '' } = workloadKind(workload) ?? {};
  const path = `/${template.replaceAll('.', '/')}/metadata`;
  const { metadata } = podTemplateOf(workload) ?? {};
  if (metadata?.labels === undefined) {
    workload.addJsonPatch(JsonPatch.add(path, { ...metadata, labels: component.labels }));
    return;
  }
  for (const [key, value] of Object.entries(component.labels)) {
    if (key in metadata.labels) continue;
    workload.addJsonPatch(JsonPatch.add(`${path}/labels/${key.replaceAll('/', '~1')}`, value));
  }
}

/** The port number that a name of the first container stands for. */
export function containerPortNamed(workload: ApiObject, name: string): number | undefined {
  const [container] = podTemplateOf(workload)?.spec.containers ?? [];
  return container?.ports?.find((port) => port.name === name)?.containerPort;
}

function podTemplateOf(workload: ApiObject): z.output<typeof podTemplate> | undefined {
  const { spec } = workloadSchema.safeParse(workload.toJson()).data ?? {};
  return spec?.jobTemplate?.spec.template ?? spec?.template;
}

/** The labels that a workload selects its pods by; none where expressions or, as for a Job, the cluster add to them. */
function selectorOf(workload: ApiObject): Readonly<Record<string, string>> | undefined {
  const { matchLabels = {}, matchExpressions = [] } =
    workloadSchema.safeParse(workload.toJson()).data?.spec.selector ?? {};
  return matchExpressions.length === 0 && Object.keys(matchLabels).length > 0 ? matchLabels : undefined;
}
