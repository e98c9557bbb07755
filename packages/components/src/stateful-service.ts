import { defineComponent, Exposed, Pods, propertiesOf, Scalable } from '@strake/core';
import * as z from 'zod';
import { containerShape, type ContainerProperties } from './container.ts';
import { podTemplate, policyLabelsOf, selectorOf, workloadLabels } from './pod-template.ts';
import { exposedPorts, portsSchema, servicePorts, type PortsProperties } from './ports.ts';
import { claimSpec, storageShape, type StorageProperties } from './storage.ts';

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

/** Keeps state and answers requests: a StatefulSet behind a headless Service. */
export class StatefulService extends defineComponent({
  name: 'stateful-service',
  package: '@strake/components',
  summary: 'Keeps state and answers requests: a StatefulSet behind a headless Service.',
  properties: propertiesOf<StatefulServiceProperties>()({
    ...containerShape,
    ports: portsSchema,
    storage: z.strictObject({ ...storageShape, path: z.string().startsWith('/') }).optional(),
  }),
  offers: [Pods, Scalable, Exposed],
  build(component, properties) {
    const { name } = component;
    const { storage } = properties;
    const ports = exposedPorts(properties.ports);
    const selector = selectorOf(component);
    const service = component.object({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { clusterIP: 'None', selector, ports: servicePorts(ports) },
    });
    const workload = component.object({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name, labels: workloadLabels(component, properties.image) },
      spec: {
        serviceName: name,
        selector: { matchLabels: selector },
        template: podTemplate(component, properties, {
          ports,
          volumeMounts: storage && [{ name: VOLUME, mountPath: storage.path }],
        }),
        volumeClaimTemplates: storage && [claimTemplate(component.labels, storage)],
      },
    });
    return {
      pods: {
        workload,
        template: 'spec.template',
        container: name,
        selector,
        labels: policyLabelsOf(component),
      },
      scalable: { workload },
      exposed: { service, ports },
    };
  },
}) {}

function claimTemplate(labels: Readonly<Record<string, string>>, storage: PodStorageProperties) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: VOLUME, labels },
    spec: claimSpec(storage),
  };
}
