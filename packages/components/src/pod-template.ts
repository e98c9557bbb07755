import type { ApiObject } from 'cdk8s';
import {
  imageVersion,
  type Component,
  type ImageReference,
  type JsonObject,
  type PodsFacet,
} from '@strake/core';
import type { AdoptPodsProperties, AdoptProperties } from './adopt.ts';
import { adoptedLabels } from './adopted-labels.ts';
import { containerOf, listOrNone, type ContainerParts, type ContainerProperties } from './container.ts';
import { volumesOf } from './mounts.ts';

type Labels = Readonly<Record<string, string>>;

/** What of running pods is kept; the selector of those that a workload does not select by labels of its own is open. */
export type AdoptedPods = AdoptPodsProperties & Partial<Pick<AdoptProperties, 'selector'>>;

const NAME = 'app.kubernetes.io/name';
const PART_OF = 'app.kubernetes.io/part-of';

/** The label that a workload selects its pods by; Flagger accepts it as a canary's selector. */
export function selectorOf({ name }: Component, adopt?: AdoptedPods): Labels {
  return adopt?.selector ?? adopt?.podLabels ?? { app: name };
}

/** Labels of a workload: the component's, those that others know it by, and the version that the image's tag says. */
export function workloadLabels(
  component: Component,
  image: string | ImageReference,
  adopt?: AdoptedPods,
): Labels {
  const version = imageVersion(image);
  return {
    ...component.labels,
    ...adoptedLabels(component, adopt),
    ...(version === undefined ? {} : { 'app.kubernetes.io/version': version }),
  };
}

/** Another label on running pods would restart them. */
function podLabels(component: Component, image: string | ImageReference, adopt?: AdoptedPods): Labels {
  return (
    adopt?.podLabels ??
    adopt?.selector ?? { ...selectorOf(component, adopt), ...workloadLabels(component, image) }
  );
}

/** What the pods of some components have besides a container. */
export interface PodParts extends ContainerParts {
  /** @default 'Always' */
  readonly restartPolicy?: 'Never' | 'OnFailure';
  /** What of running pods is kept. */
  readonly adopt?: AdoptedPods | undefined;
}

/** The pods of a component with one container, which has the component's name. */
export function podTemplate(
  component: Component,
  properties: ContainerProperties,
  { restartPolicy, adopt, ports, ...parts }: PodParts = {},
): JsonObject {
  return {
    metadata: { labels: podLabels(component, properties.image, adopt) },
    spec: {
      containers: [
        containerOf(containerName(component, adopt), properties, {
          ...parts,
          ports: adopt?.container?.ports?.map((port) => ({ ...port })) ?? ports,
        }),
      ],
      volumes: listOrNone(volumesOf(properties.mounts)),
      restartPolicy,
    },
  };
}

/** How traits and scopes find the pods that are made from such a template. */
export function podsFacet(
  component: Component,
  workload: ApiObject,
  { template, adopt }: { readonly template: string; readonly adopt?: AdoptedPods | undefined },
): PodsFacet {
  const selector = selectorOf(component, adopt);
  const isKnown = isKnownByName(component, adopt);
  return {
    workload,
    template,
    container: containerName(component, adopt),
    selector,
    labels: isKnown ? { [NAME]: component.name } : selector,
    ...(!isKnown && { adopted: true }),
  };
}

/** Policies select pods by the component's labels where they have them, and running ones as their workload does. */
function isKnownByName({ labels }: Component, adopt: AdoptedPods | undefined): boolean {
  const kept = adopt?.podLabels ?? adopt?.selector;
  return kept === undefined || [NAME, PART_OF].every((key) => kept[key] === labels[key]);
}

function containerName({ name }: Component, adopt: AdoptedPods | undefined): string {
  return adopt?.container?.name ?? name;
}
