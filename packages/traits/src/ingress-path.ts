import type { ExposedFacet, JsonObject, TraitContext } from '@strake/core';
import * as z from 'zod';
import { chosenPort } from './http-ports.ts';

type Problem = Parameters<TraitContext['report']>[0];

/** Requests that lead to the component, by path (Kubernetes API: HTTPIngressPath). */
export interface IngressPathProperties {
  /** `/api`. */
  readonly path: string;
  /**
   * Whether the path and all below it count, or the path alone, or what the controller takes it for.
   * @default 'Prefix'
   */
  readonly pathType?: 'Prefix' | 'Exact' | 'ImplementationSpecific';
  /**
   * Name of the port that they go to.
   * @default - the `port` of all
   */
  readonly port?: string;
}

const FORBIDDEN = /\/\/|\/\.\.?(\/|$)|%2f/i;

/** The schema of paths. Kubernetes refuses parts that mean another path once they are resolved. */
export const ingressPathsSchema = z
  .array(
    z
      .strictObject({
        path: z.string().startsWith('/', 'a path that begins with `/`'),
        pathType: z.enum(['Prefix', 'Exact', 'ImplementationSpecific']).optional(),
        port: z.string().min(1).optional(),
      })
      .refine(({ path, pathType }) => pathType === 'ImplementationSpecific' || !FORBIDDEN.test(path), {
        path: ['path'],
        error: 'a path without `//`, `/./`, `/../` and `%2F`',
      }),
  )
  .min(1)
  .refine(
    (paths) =>
      new Set(paths.map(({ path, pathType = 'Prefix' }) => `${pathType} ${path}`)).size === paths.length,
    'each path once',
  )
  .readonly();

/** Paths as an Ingress writes them, the ports of the container that they lead to, and what is wrong with them. */
export interface LedPaths {
  readonly paths: readonly JsonObject[];
  readonly ports: readonly number[];
  readonly problems: readonly Problem[];
}

/** Leads paths to ports. */
export function ledPaths(
  paths: readonly IngressPathProperties[],
  { port, exposed }: { readonly port: string | undefined; readonly exposed: ExposedFacet },
): LedPaths {
  const led = paths.map(({ path, pathType = 'Prefix', port: own = port }) => {
    const chosen = chosenPort(exposed.ports, own, 'ingress');
    return { path, pathType, chosen, warnings: patternWarnings(path, pathType) };
  });
  const leading = led.flatMap(({ chosen, ...each }) => ('port' in chosen ? [{ ...each, ...chosen }] : []));
  const unled = led.flatMap(({ chosen }) => ('problem' in chosen ? [chosen.problem] : []));
  return {
    paths: leading.map(({ path, pathType, port: to }) => ({
      path,
      pathType,
      backend: { service: { name: exposed.service.name, port: { name: to.name } } },
    })),
    ports: [...new Set(leading.map((each) => each.port.containerPort))],
    problems: [...unled, ...led.flatMap(({ warnings }) => warnings)],
  };
}

/** A path that is taken literally and reads like a pattern. */
function patternWarnings(path: string, pathType: string): Problem[] {
  if (pathType === 'ImplementationSpecific' || !/[*()^$|\\[\]{}]/.test(path)) return [];
  return [
    {
      code: 'property-invalid',
      severity: 'warning',
      written: `\`${path}\` in \`paths\` of \`ingress\`, of type \`${pathType}\``,
      allowed: 'a path that is meant literally; patterns are `ImplementationSpecific`',
      fix: 'Give `pathType: ImplementationSpecific`, or a plain path.',
    },
  ];
}
