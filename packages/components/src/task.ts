import { defineComponent, Pods, propertiesOf } from '@strake/core';
import { jobShape, jobSpec, type JobProperties } from './job.ts';
import { podsFacet, workloadLabels } from './pod-template.ts';

export interface TaskProperties extends JobProperties {
  /**
   * Seconds after its end at which the Job is removed. What removes it makes it run again: the agent finds it missing and
   * applies it anew.
   * @default - it stays
   */
  readonly ttlSecondsAfterFinished?: number;
}

/**
 * Runs to its end, once: a Job.
 *
 * The pods of a Job are fixed once it exists: a cluster refuses another image or variable under the same name. Flux replaces
 * the Job where it is annotated `kustomize.toolkit.fluxcd.io/force: enabled`, Argo CD where it is annotated
 * `argocd.argoproj.io/sync-options: Force=true,Replace=true`; without either, give the changed task another name.
 *
 * @example
 * new Task(this, 'migrate', { image: 'ghcr.io/acme/migrate:1.4.2', args: ['up'] })
 */
export class Task extends defineComponent({
  name: 'task',
  package: '@strake/components',
  summary: 'Runs to its end, once: a Job.',
  properties: propertiesOf<TaskProperties>()(jobShape),
  offers: [Pods],
  build(component, properties) {
    const workload = component.object({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: component.name, labels: workloadLabels(component, properties.image) },
      spec: jobSpec(component, properties),
    });
    return { pods: podsFacet(component, workload, { template: 'spec.template' }) };
  },
}) {}
