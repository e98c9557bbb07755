import { defineTrait, Exposed, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { destinationPolicyShape, type DestinationPolicyProperties } from './destination-policy.ts';
import { destinationRule } from './destination-rule.ts';
import { fullHost, gatewayName, hostName } from './hosts.ts';
import { httpPolicyShape, type HttpPolicyProperties } from './http-policy.ts';
import { httpRulesSchema, type HttpRuleProperties } from './http-rule.ts';
import { FAULT_IN_PRODUCTION, httpWarnings } from './http-warnings.ts';
import { routedPorts } from './routed-ports.ts';
import { subsetsOf, unknownSubsets } from './subsets.ts';
import { virtualServiceSpec } from './virtual-service.ts';
import { weightedRoutesSchema, type WeightedRouteProperties } from './weighted-route.ts';

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
  /**
   * Where requests go, in parts by weight.
   * @default - all of them to the component
   */
  readonly route?: readonly WeightedRouteProperties[];
  /**
   * What happens to some requests, such as those with a header. The first that matches holds.
   * @default - the same to all requests
   */
  readonly rules?: readonly HttpRuleProperties[];
}

/**
 * Says how requests reach a component in an Istio mesh (istio.io: VirtualService and DestinationRule). In ambient mode
 * it needs a waypoint.
 *
 * @example
 * traffic({ timeout: '15s', retries: { attempts: 3, perTryTimeout: '3s' } })
 */
export const traffic: TraitFactory<TrafficProperties, 'exposed'> = defineTrait({
  name: 'traffic',
  package: '@strake/traits',
  summary: 'Says how requests reach a component in an Istio mesh.',
  properties: propertiesOf<TrafficProperties>()({
    ...httpPolicyShape,
    ...destinationPolicyShape,
    hosts: z.array(hostName).min(1).readonly().optional(),
    gateways: z.array(gatewayName).min(1).readonly().optional(),
    port: z.string().min(1).optional(),
    route: weightedRoutesSchema.optional(),
    rules: httpRulesSchema.optional(),
  })
    .refine(hasEntry, 'at least one property')
    .refine(({ gateways, hosts }) => gateways === undefined || hosts !== undefined, {
      path: ['hosts'],
      error: 'the host names by which it is called through the `gateways`',
    }),
  needs: [Exposed],
  apply(target, { loadBalancer, subsets, hosts, gateways, port, route, rules, ...policy }) {
    const { create, admit, report, component, namespace, environment, exposed } = target;
    const host = fullHost(exposed.service.name, namespace);
    for (const problem of unknownSubsets(subsets, { route, rules })) report(problem);
    if (loadBalancer) destinationRule(target).merge({ spec: { trafficPolicy: { loadBalancer } } });
    if (subsets) destinationRule(target).set('spec.subsets', subsetsOf(subsets));
    if (!hasEntry({ ...policy, hosts, gateways, port, route, rules })) return;
    for (const each of [policy, ...(rules ?? []).map((rule) => ({ ...policy, ...rule }))])
      for (const warning of httpWarnings(each)) report(warning);
    if (policy.fault !== undefined && environment.tier === 'production') report(FAULT_IN_PRODUCTION);
    const routed = routedPorts(exposed.ports, { port, gateways });
    if ('problem' in routed) return report(routed.problem);
    create({
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: component.name },
      spec: virtualServiceSpec({ host, namespace, hosts, gateways, rules, route, ...routed }, policy),
    });
    const outside = new Set((gateways ?? []).map((each) => each.slice(0, each.indexOf('/'))));
    for (const { containerPort } of routed.ports)
      for (const each of outside) admit({ namespace: each, port: containerPort });
  },
});
