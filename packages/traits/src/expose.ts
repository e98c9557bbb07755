import { defineTrait, Exposed, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { admittedBy, HEADLESS, missingPorts, portsOf, unusualNodePorts } from './exposed-ports.ts';
import { labelKey } from './labels.ts';
import { partName } from './object-name.ts';
import {
  misplacedReach,
  serviceReach,
  serviceReachShape,
  type ServiceReachProperties,
} from './service-reach.ts';

export interface ExposeProperties extends ServiceReachProperties {
  /**
   * Name of a Service that is made for it.
   * @default - the component's own Service is exposed, with all of its ports
   */
  readonly name?: string;
  /**
   * Names of the ports that the Service `name` has.
   * @default - all ports
   */
  readonly ports?: readonly string[];
  /**
   * Ports of the nodes, by name of the port.
   * @default - free ones, which Kubernetes chooses
   */
  readonly nodePorts?: Readonly<Record<string, number>>;
  /**
   * What the cloud's controller is told by its own keys.
   * @default - nothing
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Lets callers outside of the cluster reach a component at its Service (Kubernetes API: Service). A network that is closed
 * stays closed for those whom `admit` does not name.
 *
 * @example
 * expose({ type: 'LoadBalancer', loadBalancerSourceRanges: ['203.0.113.0/24'], externalTrafficPolicy: 'Local' })
 */
export const expose: TraitFactory<ExposeProperties, 'exposed' | 'pods'> = defineTrait({
  name: 'expose',
  package: '@strake/traits',
  summary: 'Lets callers outside of the cluster reach a component at its Service.',
  properties: propertiesOf<ExposeProperties>()({
    ...serviceReachShape,
    name: partName.optional(),
    ports: z.array(z.string().min(1)).min(1).readonly().optional(),
    nodePorts: z.record(z.string(), z.int().min(1).max(65_535)).readonly().optional(),
    annotations: z.record(labelKey, z.string()).readonly().optional(),
  })
    .refine(({ name, ports }) => ports === undefined || name !== undefined, {
      path: ['name'],
      error: 'the name of a Service that has these `ports` only',
    })
    .superRefine((given, context) => {
      const misplaced = misplacedReach(given);
      if (misplaced === undefined) return;
      const message = `nothing, where \`type\` or \`sessionAffinity\` leaves no room for it`;
      context.addIssue({ code: 'custom', path: [misplaced], message });
    }),
  needs: [Exposed, Pods],
  apply(target, { name, ports, nodePorts = {}, annotations, ...reach }) {
    const { edit, create, report, exposed, pods } = target;
    const own = edit(exposed.service);
    const { ports: all } = exposed;
    const named = [...(ports ?? []), ...Object.keys(nodePorts)];
    const missing = missingPorts(named, all);
    for (const problem of [...missing, ...unusualNodePorts(nodePorts)]) report(problem);
    if (missing.length > 0) return;
    const spec = serviceReach(reach);
    for (const caller of admittedBy(reach, ports, all)) target.admit(caller);
    const written = portsOf(own.read('spec.ports'), ports ?? all.map((each) => each.name), nodePorts);
    if (name !== undefined)
      return create({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, annotations },
        spec: { ...spec, selector: pods.selector, ports: written },
      });
    if (own.read('spec.clusterIP') === 'None') return report(HEADLESS);
    const atNodes = written.filter((each) => each['nodePort'] !== undefined);
    const numbers = atNodes.map(({ port, protocol, nodePort }) => ({ port, protocol, nodePort }));
    const { loadBalancerSourceRanges: accepted, ...merged } = spec;
    own.merge({
      metadata: { annotations },
      spec: { ...merged, ports: numbers.length === 0 ? undefined : numbers },
    });
    if (accepted !== undefined) own.set('spec.loadBalancerSourceRanges', accepted);
  },
});
