import { defineComponent, Exposed, Pods, propertiesOf, Scalable } from '@strake/core';
import * as z from 'zod';
import { containerShape, type ContainerProperties } from './container.ts';
import { mountPath, volumesOf } from './mounts.ts';
import { checkNameLength } from './name-length.ts';
import { selectorOf } from './pod-template.ts';
import { containerPorts, exposedPorts, portsSchema, portVariables, servicePorts } from './ports.ts';
import type { PortsProperties } from './ports.ts';
import { claimSpec, storageShape, type StorageProperties } from './storage.ts';
import { addWorkload } from './workload.ts';

/** Storage that every pod has of its own. */
export interface PodStorageProperties extends StorageProperties {
  /** Where the container sees it: `/data`. */
  readonly path: string;
}

export interface StatefulServiceProperties extends ContainerProperties {
  /** Ports on which it listens, by name. */
  readonly ports: PortsProperties;
  /**
   * Storage that every pod has of its own and keeps when it is replaced.
   * @default - none
   */
  readonly storage?: PodStorageProperties;
}

const VOLUME = 'data';

/**
 * Keeps state and answers requests: a StatefulSet behind a headless Service. Its name has at most 52 characters.
 *
 * @example
 * new StatefulService(this, 'redis', {
 *   image: 'redis:7.4.1',
 *   ports: { redis: 6379 },
 *   storage: { path: '/data', size: '1Gi' },
 * })
 */
export class StatefulService extends defineComponent({
  name: 'stateful-service',
  package: '@strake/components',
  summary: 'Keeps state and answers requests: a StatefulSet behind a headless Service.',
  properties: propertiesOf<StatefulServiceProperties>()({
    ...containerShape,
    ports: portsSchema,
    storage: z.strictObject({ ...storageShape, path: mountPath }).optional(),
  })
    .refine(({ mounts = {}, storage }) => storage === undefined || !(storage.path in mounts), {
      path: ['storage', 'path'],
      error: 'a path at which nothing of `mounts` stands',
    })
    .refine(({ mounts, storage }) => storage === undefined || !hasVolume(mounts), {
      path: ['mounts'],
      error: `no component named \`${VOLUME}\`, which is the volume of \`storage\``,
    }),
  offers: [Pods, Scalable, Exposed],
  build(component, properties) {
    const { name, labels } = component;
    checkNameLength(component, 52, 'the pods of a StatefulSet get a label of its name and 11 more');
    const { storage } = properties;
    const ports = exposedPorts(properties.ports);
    const service = component.object({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { clusterIP: 'None', selector: selectorOf(component), ports: servicePorts(ports) },
    });
    const pods = addWorkload(component, properties, {
      kind: 'StatefulSet',
      ports: containerPorts(ports),
      variables: portVariables(properties.ports),
      volumeMounts: storage && [{ name: VOLUME, mountPath: storage.path }],
      spec: { serviceName: name, volumeClaimTemplates: storage && [claimTemplate(labels, storage)] },
    });
    return { pods, scalable: { workload: pods.workload }, exposed: { service, ports } };
  },
}) {}

function hasVolume(mounts: StatefulServiceProperties['mounts']): boolean {
  return volumesOf(mounts).some(({ name }) => name === VOLUME);
}

function claimTemplate(labels: Readonly<Record<string, string>>, storage: PodStorageProperties) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: VOLUME, labels },
    spec: claimSpec(storage),
  };
}
