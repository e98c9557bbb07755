import type { ApiObject } from 'cdk8s';
import {
  imageVersion,
  type Component,
  type ImageReference,
  type JsonObject,
  type PodsFacet,
} from '@strake/core';
import { containerOf, listOrNone, type ContainerParts, type ContainerProperties } from './container.ts';
import { volumesOf } from './mounts.ts';

/** The label that a workload selects its pods by; Flagger accepts it as a canary's selector. */
export function selectorOf(component: Component): Readonly<Record<string, string>> {
  return { app: component.name };
}

/** Labels of a workload and its pods: the component's, and the version that the image's tag says. */
export function workloadLabels(
  component: Component,
  image: string | ImageReference,
): Readonly<Record<string, string>> {
  const version = imageVersion(image);
  return { ...component.labels, ...(version === undefined ? {} : { 'app.kubernetes.io/version': version }) };
}

/** What the pods of some components have besides a container. */
export interface PodParts extends ContainerParts {
  /** @default 'Always' */
  readonly restartPolicy?: 'Never' | 'OnFailure';
}

/** The pods of a component with one container, which has the component's name. */
export function podTemplate(
  component: Component,
  properties: ContainerProperties,
  { restartPolicy, ...parts }: PodParts = {},
): JsonObject {
  return {
    metadata: { labels: { ...selectorOf(component), ...workloadLabels(component, properties.image) } },
    spec: {
      containers: [containerOf(component.name, properties, parts)],
      volumes: listOrNone(volumesOf(properties.mounts)),
      restartPolicy,
    },
  };
}

/** How traits and scopes find the pods that are made from such a template. */
export function podsFacet(component: Component, workload: ApiObject, template: string): PodsFacet {
  return {
    workload,
    template,
    container: component.name,
    selector: selectorOf(component),
    labels: { 'app.kubernetes.io/name': component.name },
  };
}
