import { defineComponent, Exposed, Pods, propertiesOf, Scalable, type Component } from '@strake/core';
import * as z from 'zod';
import { nameOfAdopted } from './adopt.ts';
import { LEADS_TO_PORTS, leadsToPorts, serviceOf } from './adopt-service.ts';
import { adoptStatefulSchema, type AdoptStatefulProperties } from './adopt-stateful.ts';
import { containerShape, type ContainerProperties } from './container.ts';
import { mountPath, volumesOf } from './mounts.ts';
import { checkNameLength } from './name-length.ts';
import { containerPorts, exposedPorts, portsSchema, portVariables } from './ports.ts';
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
  /**
   * What a StatefulSet that runs already keeps, so that taking it over restarts nothing and loses no volume.
   * @default - it is a new one
   */
  readonly adopt?: AdoptStatefulProperties;
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
    adopt: adoptStatefulSchema,
  })
    .refine(({ mounts = {}, storage }) => storage === undefined || !(storage.path in mounts), {
      path: ['storage', 'path'],
      error: 'a path at which nothing of `mounts` stands',
    })
    .refine(({ mounts, storage, adopt }) => storage === undefined || !hasVolume(mounts, volumeName(adopt)), {
      path: ['mounts'],
      error: `no volume with the name of that of \`storage\`: \`${VOLUME}\`, or what \`adopt\` calls it`,
    })
    .refine(leadsToPorts, LEADS_TO_PORTS),
  offers: [Pods, Scalable, Exposed],
  nameOf: nameOfAdopted,
  build(component, { adopt, ...properties }) {
    checkNameLength(component, 52, 'the pods of a StatefulSet get a label of its name and 11 more');
    const { storage } = properties;
    const ports = exposedPorts(properties.ports);
    const service = serviceOf(component, ports, { adopt, headless: true });
    const pods = addWorkload(component, properties, {
      kind: 'StatefulSet',
      ports: containerPorts(ports),
      variables: portVariables(properties.ports),
      volumeMounts: storage && [{ name: volumeName(adopt), mountPath: storage.path }],
      spec: {
        serviceName: adopt?.serviceName ?? service.name,
        volumeClaimTemplates: storage && [claimTemplate(component, storage, adopt)],
      },
      adopt,
    });
    return { pods, scalable: { workload: pods.workload }, exposed: { service, ports } };
  },
}) {}

function volumeName(adopt: StatefulServiceProperties['adopt']): string {
  return adopt?.volumeClaimTemplate?.name ?? VOLUME;
}

function hasVolume(mounts: StatefulServiceProperties['mounts'], volume: string): boolean {
  return volumesOf(mounts).some(({ name }) => name === volume);
}

/** The template of a running StatefulSet never changes, its labels included. */
function claimTemplate(
  { labels }: Component,
  storage: PodStorageProperties,
  adopt: StatefulServiceProperties['adopt'],
) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: volumeName(adopt),
      labels: adopt === undefined ? labels : adopt.volumeClaimTemplate?.labels,
    },
    spec: claimSpec(storage),
  };
}
