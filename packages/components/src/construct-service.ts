import { JsonPatch, type ApiObject } from 'cdk8s';
import type { ExposedFacet, ExposedPort } from '@strake/core';
import * as z from 'zod';
import { containerPortNamed } from './construct-workload.ts';
import { portProtocol } from './ports.ts';

const servicePort = z.object({
  name: z.string().optional(),
  port: z.int(),
  protocol: portProtocol.default('TCP'),
  targetPort: z.union([z.int(), z.string()]).optional(),
});

const serviceSchema = z.object({
  spec: z.object({ clusterIP: z.string().optional(), ports: z.array(servicePort).min(1) }),
});

/** Whether an object is a Service that has an address of its own. */
export function hasClusterIP(service: ApiObject): boolean {
  return serviceSchema.safeParse(service.toJson()).data?.spec.clusterIP !== 'None';
}

/**
 * How a Service that somebody else wrote is called; undefined when it has no ports. A port without a name gets one, so that
 * others can name it.
 */
export function exposedByService(
  service: ApiObject,
  workload: ApiObject | undefined,
): ExposedFacet | undefined {
  const { spec } = serviceSchema.safeParse(service.toJson()).data ?? {};
  if (spec === undefined) return undefined;
  const ports = spec.ports.map((given, index): ExposedPort => {
    const { port, protocol, name = `port-${port}`, targetPort = port } = given;
    if (given.name === undefined) service.addJsonPatch(JsonPatch.add(`/spec/ports/${index}/name`, name));
    const named = typeof targetPort === 'string' && workload && containerPortNamed(workload, targetPort);
    return {
      name,
      port,
      protocol,
      containerPort: named || (typeof targetPort === 'number' ? targetPort : port),
    };
  });
  return { service, ports };
}
