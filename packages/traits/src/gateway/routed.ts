import type { ExposedFacet, ExposedPort, JsonObject, TraitContext } from '@strake/core';
import type * as z from 'zod';
import { chosenPort } from '../http-ports.ts';
import { namespacesOf, parentRefsOf, type parentRefsSchema } from './parent-ref.ts';

/** What a route is made of. */
export interface Routed {
  readonly kind: 'HTTPRoute' | 'GRPCRoute';
  readonly trait: string;
  readonly parentRefs?: z.output<typeof parentRefsSchema> | undefined;
  readonly hostnames?: readonly string[];
  readonly port?: string;
  readonly controllerNamespace?: string;
  /** The rules, once the port is known that they lead to. */
  rules(port: ExposedPort): readonly JsonObject[];
}

/** Makes a route, and lets in those whose calls it brings. */
export function makeRoute(
  { create, admit, report, component, namespace, exposed }: TraitContext & { readonly exposed: ExposedFacet },
  { kind, trait, parentRefs, hostnames, port, controllerNamespace, rules }: Routed,
): void {
  const chosen = chosenPort(exposed.ports, port, trait);
  if ('problem' in chosen) return report(chosen.problem);
  create({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind,
    metadata: { name: component.name },
    spec: { parentRefs: parentRefs && parentRefsOf(parentRefs), hostnames, rules: rules(chosen.port) },
  });
  const callers = namespacesOf(parentRefs ?? [], namespace);
  const admitted = callers.length > 0 && controllerNamespace !== undefined ? [controllerNamespace] : callers;
  for (const each of admitted) admit({ namespace: each, port: chosen.port.containerPort });
}
