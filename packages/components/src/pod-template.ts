import type { Component, ExposedPort, JsonObject } from '@strake/core';
import { containerOf, volumesOf, type ContainerProperties } from './container.ts';
import { containerPorts } from './ports.ts';

/** The label that a workload selects its pods by; Flagger accepts it as a canary's selector. */
export function selectorOf(component: Component): Readonly<Record<string, string>> {
  return { app: component.name };
}

/** The label that policies select a component's pods by, those of a canary's copies included. */
export function policyLabelsOf(component: Component): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': component.name };
}

/** Labels of a workload and its pods: the component's, and the version that the image's tag says. */
export function workloadLabels(component: Component, image: string): Readonly<Record<string, string>> {
  const version = /:([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)(@|$)/.exec(image)?.[1];
  return { ...component.labels, ...(version === undefined ? {} : { 'app.kubernetes.io/version': version }) };
}

/** What the pods of some components have besides a container. */
export interface PodParts {
  readonly ports?: readonly ExposedPort[];
  /** Mounts of volumes that the workload itself makes. */
  readonly volumeMounts?: readonly JsonObject[];
}

/** The pods of a component with one container, which has the component's name. */
export function podTemplate(
  component: Component,
  properties: ContainerProperties,
  { ports = [], volumeMounts = [] }: PodParts = {},
): JsonObject {
  const volumes = volumesOf(properties);
  const container = containerOf(component.name, properties, volumeMounts);
  return {
    metadata: { labels: { ...selectorOf(component), ...workloadLabels(component, properties.image) } },
    spec: {
      containers: [ports.length === 0 ? container : { ...container, ports: containerPorts(ports) }],
      volumes: volumes.length === 0 ? undefined : volumes,
    },
  };
}
