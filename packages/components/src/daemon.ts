import { defineComponent, Pods, propertiesOf } from '@strake/core';
import { adoptSchema, nameOfAdopted, type AdoptProperties } from './adopt.ts';
import { containerPortsSchema, listedPorts, type ContainerPortsProperties } from './container-ports.ts';
import { containerShape, type ContainerProperties } from './container.ts';
import { addWorkload } from './workload.ts';

export interface DaemonProperties extends ContainerProperties {
  /**
   * Ports by name. No Service leads to them: callers on the same node use `hostPort`.
   * @default - none
   */
  readonly ports?: ContainerPortsProperties;
  /**
   * What a workload that runs already keeps, so that taking it over restarts nothing.
   * @default - it is a new one
   */
  readonly adopt?: AdoptProperties;
}

/**
 * Runs one pod on every node: a DaemonSet.
 *
 * @example
 * new Daemon(this, 'agent', { image: 'ghcr.io/acme/agent:1.0.0', ports: { metrics: 9100 } })
 */
export class Daemon extends defineComponent({
  name: 'daemon',
  package: '@strake/components',
  summary: 'Runs one pod on every node: a DaemonSet.',
  properties: propertiesOf<DaemonProperties>()({
    ...containerShape,
    ports: containerPortsSchema.optional(),
    adopt: adoptSchema,
  }),
  offers: [Pods],
  nameOf: nameOfAdopted,
  build: (component, { ports, adopt, ...container }) => ({
    pods: addWorkload(component, container, { kind: 'DaemonSet', ports: listedPorts(ports), adopt }),
  }),
}) {}
