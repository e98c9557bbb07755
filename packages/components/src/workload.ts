import type { Component, JsonObject, PodsFacet } from '@strake/core';
import type { ContainerProperties } from './container.ts';
import { podsFacet, podTemplate, selectorOf, workloadLabels, type PodParts } from './pod-template.ts';

/** What a workload of some kind has besides one container. */
export interface WorkloadParts extends PodParts {
  readonly kind: 'DaemonSet' | 'Deployment' | 'StatefulSet';
  /** Fields of the specification besides the selector and the pod template. */
  readonly spec?: JsonObject;
}

/** Adds the workload that keeps the pods of a component running. */
export function addWorkload(
  component: Component,
  properties: ContainerProperties,
  { kind, spec, ...parts }: WorkloadParts,
): PodsFacet {
  const workload = component.object({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: component.name, labels: workloadLabels(component, properties.image, parts.adopt) },
    spec: {
      ...spec,
      selector: { matchLabels: selectorOf(component, parts.adopt) },
      template: podTemplate(component, properties, parts),
    },
  });
  return podsFacet(component, workload, { template: 'spec.template', adopt: parts.adopt });
}
