import type { Component, ExposedPort, JsonObject } from '@strake/core';
import * as z from 'zod';
import {
  adoptedName,
  adoptShape,
  hasLabels,
  labelsSchema,
  selectingItsPods,
  type AdoptProperties,
} from './adopt.ts';
import { adoptedLabels } from './adopted-labels.ts';
import { selectorOf } from './pod-template.ts';
import { exposedPorts, portNumber, servicePorts, type PortsProperties } from './ports.ts';

type Labels = Readonly<Record<string, string>>;

/** What the Service of a running workload keeps, in the words of its YAML. */
export interface AdoptedServiceProperties {
  /**
   * Its name.
   * @default - the component's name
   */
  readonly name?: string;
  /**
   * Labels that it selects pods by.
   * @default - those of the workload
   */
  readonly selector?: Labels;
  /**
   * Names or numbers of container ports by the names of the Service's ports.
   * @default - the name of the container's port, or its number where it has none
   */
  readonly targetPorts?: Readonly<Record<string, string | number>>;
  /**
   * Whether it has no address of its own (`clusterIP: None`). A cluster never changes that.
   * @default - what it is of a new component: true for a `StatefulService`, false for a `WebService`
   */
  readonly headless?: boolean;
}

/** What a running workload and its Service keep, in the words of their YAML. */
export interface AdoptExposedProperties extends AdoptProperties {
  /**
   * What its Service keeps.
   * @default - it has the name and the selector of the workload
   */
  readonly service?: AdoptedServiceProperties;
}

/** The schemas of what a running workload and its Service keep. */
export const adoptExposedShape = {
  ...adoptShape,
  service: z
    .strictObject({
      name: adoptedName.optional(),
      selector: labelsSchema.optional(),
      targetPorts: z
        .record(z.string(), z.union([portNumber, z.string().min(1).max(63)]))
        .readonly()
        .optional(),
      headless: z.boolean().optional(),
    })
    .optional(),
};

/** The schema of the adoption of a running workload and its Service. */
export const adoptExposedSchema = servingItsPods(z.strictObject(adoptExposedShape)).optional();

/** Refuses selectors that do not select the pods: the workload's, and the Service's. */
export function servingItsPods<Adopted extends AdoptExposedProperties, Given>(
  schema: z.ZodType<Adopted, Given>,
): z.ZodType<Adopted, Given> {
  return selectingItsPods(schema).refine(
    ({ selector, podLabels = selector, service }) => hasLabels(podLabels, service?.selector ?? {}),
    { path: ['service', 'selector'], error: 'labels that the pods have, as `podLabels` or `selector` say' },
  );
}

interface Exposing {
  readonly ports: PortsProperties;
  readonly adopt?: AdoptExposedProperties | undefined;
}

/** Whether the ports that an adopted Service leads to are those that the component says it listens on. */
export function leadsToPorts({ ports, adopt }: Exposing): boolean {
  const all = exposedPorts(ports);
  const listed = adopt?.container?.ports ?? all;
  return Object.entries(adopt?.service?.targetPorts ?? {}).every(([name, target]) => {
    const port = all.find((each) => each.name === name)?.containerPort;
    if (typeof target === 'number') return target === port;
    return listed.some((each) => each.name === target && each.containerPort === port);
  });
}

/** What {@link leadsToPorts} asks for, as a refinement of a schema. */
export const LEADS_TO_PORTS = {
  path: ['adopt', 'service', 'targetPorts'],
  error: 'by names of `ports`, the `containerPort` or the name that the container gives it',
};

/** The Service of a component. */
export function serviceOf(
  component: Component,
  ports: readonly ExposedPort[],
  { adopt, headless }: { readonly adopt: AdoptExposedProperties | undefined; readonly headless: boolean },
) {
  const { name = component.name, selector, headless: isHeadless = headless } = adopt?.service ?? {};
  return component.object({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels: adoptedLabels(component, adopt) },
    spec: {
      clusterIP: isHeadless ? 'None' : undefined,
      selector: selector ?? selectorOf(component, adopt),
      ports: adopt === undefined ? servicePorts(ports) : adoptedPorts(ports, adopt),
    },
  });
}

/** Meshes read the protocol of a running port from its name, as they did; nothing is added to say it. */
function adoptedPorts(
  ports: readonly ExposedPort[],
  { container, service }: AdoptExposedProperties,
): JsonObject[] {
  return ports.map(({ name, port, containerPort, protocol }) => {
    const listed = container?.ports?.find(
      (each) => each.containerPort === containerPort && (each.protocol ?? 'TCP') === protocol,
    );
    const named = container?.ports === undefined ? name : listed?.name;
    return { name, port, targetPort: service?.targetPorts?.[name] ?? named ?? containerPort, protocol };
  });
}
