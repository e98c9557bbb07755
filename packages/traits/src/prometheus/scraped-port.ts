import {
  isJsonArray,
  isJsonObject,
  type JsonValue,
  type KubernetesObject,
  type TraitContext,
} from '@strake/core';
import type { ContainerPorts } from '../container-ports.ts';
import { unknownPort } from '../container-ports.ts';

/** A port that is scraped, and through what Prometheus finds it. */
export type ScrapedPort =
  | { readonly by: 'service' | 'pod'; readonly name: string; readonly containerPort: number }
  | { readonly by: 'number'; readonly containerPort: number }
  | { readonly problem: Parameters<TraitContext['report']>[0] };

/** The port that is given, else the one named `metrics`, else the only one. */
export function scrapedPort(
  given: string | number | undefined,
  ports: ContainerPorts,
  services: readonly KubernetesObject[],
): ScrapedPort {
  const asked =
    given ?? (ports.some(({ name }) => name === DEFAULT) || ports.length !== 1 ? DEFAULT : ports[0]?.name);
  const port = ports.find(({ name, containerPort }) => asked === name || asked === containerPort);
  if (port === undefined) {
    if (typeof asked === 'number') return { by: 'number', containerPort: asked };
    return { problem: unknownPort(ports, asked ?? DEFAULT, '`metrics`') };
  }
  const { name, containerPort } = port;
  if (name === undefined) return { by: 'number', containerPort };
  const isServed = services.some((service) => portNames(service['spec']).includes(name));
  return { by: isServed ? 'service' : 'pod', name, containerPort };
}

const DEFAULT = 'metrics';

function portNames(spec: JsonValue | undefined): JsonValue[] {
  const ports = isJsonObject(spec) ? spec['ports'] : undefined;
  if (!isJsonArray(ports)) return [];
  return ports.flatMap((port) => (isJsonObject(port) ? [port['name'] ?? ''] : []));
}
