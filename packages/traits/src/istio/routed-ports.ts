import type { ExposedPort, TraitContext } from '@strake/core';
import { isHttp, namesOf } from '../http-ports.ts';

type Problem = Parameters<TraitContext['report']>[0];

/** The ports that a VirtualService routes to, or why it cannot be said which. */
export type RoutedPorts =
  | { readonly ports: readonly ExposedPort[]; readonly hasOtherPorts: boolean }
  | { readonly problem: Problem };

/** The HTTP ports of a component, or the one that is named. Gateways lead to one port only. */
export function routedPorts(
  all: readonly ExposedPort[],
  { port, gateways }: { readonly port?: string; readonly gateways?: readonly string[] },
): RoutedPorts {
  const http = all.filter(isHttp);
  const ports = port === undefined ? http : http.filter(({ name }) => name === port);
  if (http.length === 0) return { problem: noHttpPort(all) };
  if (ports.length === 0) return { problem: unknownPort(port, http) };
  if (gateways !== undefined && ports.length > 1) return { problem: severalPorts(http) };
  return { ports, hasOtherPorts: http.length > ports.length };
}

function noHttpPort(all: readonly ExposedPort[]): Problem {
  return {
    code: 'property-invalid',
    written: `\`traffic\` routes HTTP requests, but the ports are ${namesOf(all)}`,
    allowed: '`loadBalancer` only, where no port speaks HTTP',
    fix: 'Leave out the other properties, or name the port after its protocol: `http`.',
  };
}

function unknownPort(port: string | undefined, http: readonly ExposedPort[]): Problem {
  return {
    code: 'reference-unknown',
    written: `\`port\` of \`traffic\` is \`${port}\``,
    allowed: namesOf(http),
    fix: 'Name an HTTP port of the component.',
  };
}

function severalPorts(http: readonly ExposedPort[]): Problem {
  return {
    code: 'property-invalid',
    written: `\`gateways\` of \`traffic\` lead to a component with the ports ${namesOf(http)}`,
    allowed: 'gateways that lead to one port',
    fix: 'Name the port with `port`.',
  };
}
