import type { Component, ExposedPort, PodsFacet, ScalableFacet } from '@strake/core';
import type { ContainerProperties } from './container.ts';
import { podTemplate, policyLabelsOf, selectorOf, workloadLabels } from './pod-template.ts';

/** Adds the Deployment of a component with one container. */
export function addDeployment(
  component: Component,
  properties: ContainerProperties,
  ports: readonly ExposedPort[] = [],
): { readonly pods: PodsFacet; readonly scalable: ScalableFacet } {
  const selector = selectorOf(component);
  const workload = component.object({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: component.name, labels: workloadLabels(component, properties.image) },
    spec: { selector: { matchLabels: selector }, template: podTemplate(component, properties, { ports }) },
  });
  const pods = {
    workload,
    template: 'spec.template',
    container: component.name,
    selector,
    labels: policyLabelsOf(component),
  };
  return { pods, scalable: { workload } };
}
