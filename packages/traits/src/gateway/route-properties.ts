import * as z from 'zod';
import { dnsName } from '../dns-name.ts';
import { namespaceName } from '../namespace-name.ts';
import { parentRefsSchema, type ParentRefProperties } from './parent-ref.ts';

/** Through which gateways, and by which names, a component is called. */
export interface RouteProperties {
  /**
   * Gateways that it is called through.
   * @default - the gateway of the platform's `gateway()`
   */
  readonly parentRefs?: readonly ParentRefProperties[];
  /**
   * Host names by which it is called: `shop.example.com`, or `*.example.com`.
   * @default - those of the gateway's listener
   */
  readonly hostnames?: readonly string[];
  /**
   * Name of the port that requests go to.
   * @default - the only port, or the only one that speaks HTTP
   */
  readonly port?: string;
  /**
   * Namespace of the gateways' pods; it is let in.
   * @default - the namespaces of the gateways
   */
  readonly controllerNamespace?: string;
}

/** The schemas of how a component is called. */
export const routeShape = {
  parentRefs: parentRefsSchema.optional(),
  hostnames: z.array(dnsName).min(1).max(16).readonly().optional(),
  port: z.string().min(1).optional(),
  controllerNamespace: namespaceName.optional(),
};
