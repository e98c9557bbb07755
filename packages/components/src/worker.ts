import { defineComponent, Pods, propertiesOf, Scalable } from '@strake/core';
import { adoptSchema, nameOfAdopted, type AdoptProperties } from './adopt.ts';
import { containerPortsSchema, listedPorts, type ContainerPortsProperties } from './container-ports.ts';
import { containerShape, type ContainerProperties } from './container.ts';
import { addWorkload } from './workload.ts';

export interface WorkerProperties extends ContainerProperties {
  /**
   * Ports by name that no other component calls, such as `metrics`.
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
 * Works without being called by others: a Deployment.
 *
 * @example
 * new Worker(this, 'mailer', { image: 'ghcr.io/acme/mailer:1.0.0', args: ['--queue', 'mails'] })
 */
export class Worker extends defineComponent({
  name: 'worker',
  package: '@strake/components',
  summary: 'Works without being called by others: a Deployment.',
  properties: propertiesOf<WorkerProperties>()({
    ...containerShape,
    ports: containerPortsSchema.optional(),
    adopt: adoptSchema,
  }),
  offers: [Pods, Scalable],
  nameOf: nameOfAdopted,
  build(component, { ports, adopt, ...container }) {
    const pods = addWorkload(component, container, { kind: 'Deployment', ports: listedPorts(ports), adopt });
    return { pods, scalable: { workload: pods.workload } };
  },
}) {}
