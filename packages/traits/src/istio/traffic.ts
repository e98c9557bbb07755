import { defineTrait, Exposed, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { destinationPolicyShape, type DestinationPolicyProperties } from './destination-policy.ts';
import { httpPolicyOf, httpPolicyShape, type HttpPolicyProperties } from './http-policy.ts';
import { httpWarnings } from './http-warnings.ts';
import { routedPorts } from './routed-ports.ts';
import { virtualServiceSpec } from './virtual-service.ts';

export interface TrafficProperties extends HttpPolicyProperties, DestinationPolicyProperties {
  /**
   * Host names by which it is called, besides the Service's own: `shop.example.com`.
   * @default - the Service's own
   */
  readonly hosts?: readonly string[];
  /**
   * Gateways through which it is called from outside, as `namespace/name`; their namespaces are let in.
   * @default - it is called from the mesh only
   */
  readonly gateways?: readonly string[];
  /**
   * Name of the HTTP port that requests are routed to.
   * @default - each HTTP port gets what is sent to it
   */
  readonly port?: string;
}

const host = z
  .string()
  .regex(
    /^(\*\.)?([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'a host name in full, such as `shop.example.com`',
  );
const gateway = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?\/[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, 'a gateway as `namespace/name`');

/** Says how requests reach a component in an Istio mesh (istio.io: VirtualService and DestinationRule). */
export const traffic: TraitFactory<TrafficProperties, 'exposed'> = defineTrait({
  name: 'traffic',
  package: '@strake/traits',
  summary: 'Says how requests reach a component in an Istio mesh.',
  properties: propertiesOf<TrafficProperties>()({
    ...httpPolicyShape,
    ...destinationPolicyShape,
    hosts: z.array(host).min(1).readonly().optional(),
    gateways: z.array(gateway).min(1).readonly().optional(),
    port: z.string().min(1).optional(),
  })
    .refine(hasEntry, 'at least one property')
    .refine(({ gateways, hosts }) => gateways === undefined || hosts !== undefined, {
      path: ['hosts'],
      error: 'the host names by which it is called through the `gateways`',
    }),
  needs: [Exposed],
  apply(target, { loadBalancer, connectionPool, outlierDetection, hosts, gateways, port, ...http }) {
    const { create, admit, report, component, namespace, exposed } = target;
    const serviceHost = `${exposed.service.name}.${namespace}.svc.cluster.local`;
    const metadata = { name: component.name };
    if (hasEntry({ loadBalancer, connectionPool, outlierDetection })) {
      const trafficPolicy = { loadBalancer, connectionPool, outlierDetection };
      create({
        apiVersion: API_VERSION,
        kind: 'DestinationRule',
        metadata,
        spec: { host: serviceHost, trafficPolicy },
      });
    }
    if (!hasEntry({ ...http, hosts, gateways, port })) return;
    for (const warning of httpWarnings(http)) report(warning);
    const routed = routedPorts(exposed.ports, { port, gateways });
    if ('problem' in routed) return report(routed.problem);
    const spec = virtualServiceSpec(
      { host: serviceHost, hosts, gateways, ...routed },
      httpPolicyOf(http, namespace),
    );
    create({ apiVersion: API_VERSION, kind: 'VirtualService', metadata, spec });
    const outside = new Set((gateways ?? []).map((each) => each.slice(0, each.indexOf('/'))));
    for (const { containerPort } of routed.ports) {
      for (const each of outside) admit({ namespace: each, port: containerPort });
    }
  },
});

const API_VERSION = 'networking.istio.io/v1';
