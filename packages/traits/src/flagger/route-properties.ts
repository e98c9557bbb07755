import * as z from 'zod';
import { duration } from '../istio/duration.ts';
import { headersSchema, type HeadersProperties } from '../istio/headers.ts';
import { gatewayName, hostName } from '../istio/hosts.ts';
import type { RetriesProperties } from '../istio/retries.ts';
import { gatewayRefsSchema, type GatewayRefProperties } from './gateway-refs.ts';
import { trafficPolicySchema, type TrafficPolicyProperties } from './traffic-policy.ts';

/** How requests reach the component, in the routes that Flagger makes (flagger.app: CanaryService). */
export interface CanaryRouteProperties {
  /**
   * Host names by which it is called, besides the Service's own. Istio and Gateway API.
   * @default - the Service's own
   */
  readonly hosts?: readonly string[];
  /**
   * Istio gateways through which it is called from outside, as `namespace/name`; their namespaces are let in.
   * @default - it is called from the mesh only
   */
  readonly gateways?: readonly string[];
  /**
   * Gateways of the Gateway API, which needs one; their namespaces are let in.
   * @default - none
   */
  readonly gatewayRefs?: readonly GatewayRefProperties[];
  /**
   * How long a request may take, all of its tries together. Istio and Gateway API.
   * @default - as long as it needs
   */
  readonly timeout?: string;
  /**
   * How long one try of the gateway may take. Gateway API.
   * @default - as long as `timeout`
   */
  readonly backendTimeout?: string;
  /**
   * When and how often a request is sent again. Istio.
   * @default - Istio's own: twice
   */
  readonly retries?: Omit<RetriesProperties, 'backoff'>;
  /**
   * Headers that are changed. Istio and Gateway API.
   * @default - none
   */
  readonly headers?: HeadersProperties;
  /**
   * How callers connect to the pods. Istio.
   * @default - Istio's own
   */
  readonly trafficPolicy?: TrafficPolicyProperties;
}

const retries = z.strictObject({
  attempts: z.int().min(0),
  perTryTimeout: duration.optional(),
  retryOn: z.string().min(1).optional(),
});

/** The schemas of how requests reach the component. */
export const canaryRouteShape = {
  hosts: z.array(hostName).min(1).readonly().optional(),
  gateways: z.array(gatewayName).min(1).readonly().optional(),
  gatewayRefs: gatewayRefsSchema.optional(),
  timeout: duration.optional(),
  backendTimeout: duration.optional(),
  retries: retries.optional(),
  headers: headersSchema.optional(),
  trafficPolicy: trafficPolicySchema.optional(),
};
