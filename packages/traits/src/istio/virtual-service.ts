import type { ExposedPort, JsonObject } from '@strake/core';
import { httpPolicyOf, type HttpPolicy } from './http-policy.ts';
import type { HttpRules } from './http-rule.ts';
import { routesOf, type WeightedRouteProperties } from './weighted-route.ts';

/** Where requests come from and where they go. */
export interface Routing {
  /** Host name of the Service, in full: short ones depend on where they are read. */
  readonly host: string;
  readonly namespace: string;
  /** Further host names. */
  readonly hosts?: readonly string[];
  /** Gateways through which requests come, besides the mesh. */
  readonly gateways?: readonly string[];
  /** The ports that requests go to. */
  readonly ports: readonly ExposedPort[];
  /** Whether the component has other HTTP ports, whose requests are to go on as before. */
  readonly hasOtherPorts: boolean;
  /** What happens to some requests, first things first. */
  readonly rules?: HttpRules;
  /** Where all others go. */
  readonly route?: readonly WeightedRouteProperties[];
}

/** The specification of a VirtualService: for each port the rules for some requests, and the one for all others. */
export function virtualServiceSpec(routing: Routing, policy: HttpPolicy): JsonObject {
  const { host, hosts = [], gateways, ports, rules = [] } = routing;
  return {
    hosts: [...new Set([host, ...hosts])],
    gateways: gateways && [...gateways, MESH],
    http: ports.flatMap((port) => [
      ...rules.map((rule) => ruleOf(rule, port, routing, policy)),
      { name: port.name, match: portMatches(port, routing), ...answered(policy, port, routing) },
    ]),
  };
}

/** The name that stands for all sidecars and waypoints. */
const MESH = 'mesh';

function ruleOf(
  { name, match, route, rewrite, redirect, ...own }: HttpRules[number],
  port: ExposedPort,
  routing: Routing,
  policy: HttpPolicy,
): JsonObject {
  const ports = portMatches(port, routing) ?? [{}];
  const matches = match.flatMap((each) => ports.map((where) => ({ ...each, ...where })));
  const rule = { name: routing.ports.length > 1 ? `${port.name}-${name}` : name, match: matches };
  if (redirect !== undefined) return { ...rule, headers: own.headers, redirect };
  return {
    ...rule,
    rewrite,
    ...answered({ ...policy, ...own }, port, { ...routing, ...(route && { route }) }),
  };
}

function answered(
  policy: HttpPolicy,
  { port }: ExposedPort,
  { host, namespace, route }: Routing,
): JsonObject {
  return { ...httpPolicyOf(policy, namespace), route: routesOf(route, { host, namespace, port }) };
}

/** A rule's port is the one that the caller addresses: the Service's in the mesh, the gateway's own outside. */
function portMatches(
  { port }: ExposedPort,
  { gateways, ports, hasOtherPorts }: Routing,
): JsonObject[] | undefined {
  if (!hasOtherPorts && ports.length === 1) return undefined;
  return gateways === undefined ? [{ port }] : [{ gateways }, { gateways: [MESH], port }];
}
