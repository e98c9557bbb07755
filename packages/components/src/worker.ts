import { defineComponent, Pods, propertiesOf, Scalable } from '@strake/core';
import { containerPortsSchema, listedPorts, type ContainerPortsProperties } from './container-ports.ts';
import { containerShape, type ContainerProperties } from './container.ts';
import { addWorkload } from './workload.ts';

export interface WorkerProperties extends ContainerProperties {
  /**
   * Ports by name that no other component calls, such as `metrics`.
   * @default - none
   */
  readonly ports?: ContainerPortsProperties;
}

/**
 * Works without being called by others: a Deployment.
 *
 * @example
 * new Worker(this, 'mailer', { image: 'ghcr.io/acme/mailer:1.0.0', args: ['--queue', 'mails'] })
 */
export class Worker extends defineComponent({
  name: 'worker',
  package: '@strake/components',
  summary: 'Works without being called by others: a Deployment.',
  properties: propertiesOf<WorkerProperties>()({ ...containerShape, ports: containerPortsSchema.optional() }),
  offers: [Pods, Scalable],
  build(component, { ports, ...container }) {
    const pods = addWorkload(component, container, { kind: 'Deployment', ports: listedPorts(ports) });
    return { pods, scalable: { workload: pods.workload } };
  },
}) {}
