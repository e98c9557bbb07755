import { defineComponent, Exposed, Pods, propertiesOf, Scalable } from '@strake/core';
import { nameOfAdopted } from './adopt.ts';
import {
  adoptExposedSchema,
  LEADS_TO_PORTS,
  leadsToPorts,
  serviceOf,
  type AdoptExposedProperties,
} from './adopt-service.ts';
import { containerShape, type ContainerProperties } from './container.ts';
import { containerPorts, exposedPorts, portsSchema, portVariables } from './ports.ts';
import type { PortsProperties } from './ports.ts';
import { addWorkload } from './workload.ts';

export interface WebServiceProperties extends ContainerProperties {
  /** Ports on which it listens, by name. */
  readonly ports: PortsProperties;
  /**
   * What a workload that runs already keeps, so that taking it over restarts nothing.
   * @default - it is a new one
   */
  readonly adopt?: AdoptExposedProperties;
}

/**
 * Answers requests of others: a Deployment behind a Service.
 *
 * @example
 * new WebService(this, 'web', {
 *   image: 'ghcr.io/acme/cart:1.4.2',
 *   ports: { http: 8080 },
 *   env: { LOG_LEVEL: 'info' },
 * })
 */
export class WebService extends defineComponent({
  name: 'web-service',
  package: '@strake/components',
  summary: 'Answers requests of others: a Deployment behind a Service.',
  properties: propertiesOf<WebServiceProperties>()({
    ...containerShape,
    ports: portsSchema,
    adopt: adoptExposedSchema,
  }).refine(leadsToPorts, LEADS_TO_PORTS),
  offers: [Pods, Scalable, Exposed],
  nameOf: nameOfAdopted,
  build(component, { adopt, ...properties }) {
    const ports = exposedPorts(properties.ports);
    const service = serviceOf(component, ports, { adopt, headless: false });
    const pods = addWorkload(component, properties, {
      kind: 'Deployment',
      ports: containerPorts(ports),
      variables: portVariables(properties.ports),
      adopt,
    });
    return { pods, scalable: { workload: pods.workload }, exposed: { service, ports } };
  },
}) {}
