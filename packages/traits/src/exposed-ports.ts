import type { AdmittedAddresses, ExposedPort, JsonObject, JsonValue, TraitContext } from '@strake/core';
import * as z from 'zod';
import { namesOf } from './http-ports.ts';
import type { ServiceReachProperties } from './service-reach.ts';

type Problem = Parameters<TraitContext['report']>[0];

const servicePorts = z
  .array(z.record(z.string(), z.json()).and(z.object({ name: z.string().optional() })))
  .catch([]);

/** The ports of a Service as it writes them, those of the given names, with the node's ports in them. */
export function portsOf(
  written: JsonValue | undefined,
  names: readonly string[],
  nodePorts: Readonly<Record<string, number>>,
): JsonObject[] {
  return servicePorts
    .parse(written)
    .filter(({ name = '' }) => names.includes(name))
    .map((port) => ({ ...port, nodePort: nodePorts[port.name ?? ''] }));
}

/** Ports that are named and not there. */
export function missingPorts(named: readonly string[], exposed: readonly ExposedPort[]): Problem[] {
  return named
    .filter((each) => exposed.every(({ name }) => name !== each))
    .map((each) => ({
      code: 'reference-unknown',
      written: `\`expose\` names the port \`${each}\``,
      allowed: namesOf(exposed),
      fix: 'Name a port of the component.',
    }));
}

/** Ports of nodes that a cluster refuses unless it is set up for them (kube-apiserver, service-node-port-range). */
export function unusualNodePorts(nodePorts: Readonly<Record<string, number>>): Problem[] {
  return Object.entries(nodePorts)
    .filter(([, port]) => port < 30_000 || port > 32_767)
    .map(([name, port]) => ({
      code: 'property-invalid',
      severity: 'warning',
      written: `\`nodePorts.${name}\` of \`expose\` is ${port}`,
      allowed: '30000 to 32767, unless the cluster has another range',
      fix: 'Choose a port of that range.',
    }));
}

/** All addresses there are. */
const EVERYBODY = ['0.0.0.0/0', '::/0'];

/** The addresses that the network lets in, for each port that is exposed. */
export function admittedBy(
  { admit, loadBalancerSourceRanges = [] }: ServiceReachProperties,
  names: readonly string[] | undefined,
  exposed: readonly ExposedPort[],
): AdmittedAddresses[] {
  const ranges = admit === 'everybody' ? EVERYBODY : (admit ?? loadBalancerSourceRanges);
  return exposed
    .filter(({ name }) => names?.includes(name) ?? true)
    .flatMap(({ containerPort }) => ranges.map((cidr) => ({ cidr, port: containerPort })));
}

/** A Service that names single pods cannot be exposed. */
export const HEADLESS = {
  code: 'property-invalid',
  written: '`expose` of a component whose Service has no address of its own',
  allowed: 'another Service for callers outside, since this one names the single pods',
  fix: 'Give `name`.',
} as const;
