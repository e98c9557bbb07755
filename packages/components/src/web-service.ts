import { defineComponent, Exposed, Pods, propertiesOf, Scalable } from '@strake/core';
import { containerShape, type ContainerProperties } from './container.ts';
import { selectorOf } from './pod-template.ts';
import { containerPorts, exposedPorts, portsSchema, portVariables, servicePorts } from './ports.ts';
import type { PortsProperties } from './ports.ts';
import { addWorkload } from './workload.ts';

export interface WebServiceProperties extends ContainerProperties {
  /** Ports on which it listens, by name. */
  readonly ports: PortsProperties;
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
  properties: propertiesOf<WebServiceProperties>()({ ...containerShape, ports: portsSchema }),
  offers: [Pods, Scalable, Exposed],
  build(component, properties) {
    const ports = exposedPorts(properties.ports);
    const service = component.object({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: component.name },
      spec: { selector: selectorOf(component), ports: servicePorts(ports) },
    });
    const pods = addWorkload(component, properties, {
      kind: 'Deployment',
      ports: containerPorts(ports),
      variables: portVariables(properties.ports),
    });
    return { pods, scalable: { workload: pods.workload }, exposed: { service, ports } };
  },
}) {}
