import type { ExposedPort, JsonObject } from '@strake/core';

/** Where requests come from and where they go. */
export interface Routing {
  /** Host name of the Service, in full: short ones depend on where they are read. */
  readonly host: string;
  /** Further host names. */
  readonly hosts?: readonly string[];
  /** Gateways through which requests come, besides the mesh. */
  readonly gateways?: readonly string[];
  /** The ports that requests go to. */
  readonly ports: readonly ExposedPort[];
  /** Whether the component has other HTTP ports, whose requests are to go on as before. */
  readonly hasOtherPorts: boolean;
}

/** The specification of a VirtualService with one rule for each port (istio.io: VirtualService). */
export function virtualServiceSpec(routing: Routing, policy: JsonObject): JsonObject {
  const { host, hosts = [], gateways, ports, hasOtherPorts } = routing;
  const isMatched = hasOtherPorts || ports.length > 1;
  return {
    hosts: [...new Set([host, ...hosts])],
    gateways: gateways && [...gateways, MESH],
    http: ports.map(({ name, port }) => ({
      name,
      match: isMatched ? matchesOf(port, gateways) : undefined,
      ...policy,
      route: [{ destination: { host, port: { number: port } } }],
    })),
  };
}

/** The name that stands for all sidecars and waypoints. */
const MESH = 'mesh';

/** A rule's port is the one that the caller addresses: the Service's in the mesh, the gateway's own outside. */
function matchesOf(port: number, gateways: readonly string[] | undefined): JsonObject[] {
  return gateways === undefined ? [{ port }] : [{ gateways }, { gateways: [MESH], port }];
}
