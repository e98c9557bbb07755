import * as z from 'zod';
import { duration } from './duration.ts';
import { faultOf, faultSchema, percentage, type FaultProperties } from './fault.ts';
import { headersSchema, type HeadersProperties } from './headers.ts';
import { fullHost } from './hosts.ts';
import { retriesSchema, type RetriesProperties } from './retries.ts';

/** What happens to HTTP requests on their way (istio.io: HTTPRoute). */
export interface HttpPolicyProperties {
  /**
   * How long a request may take, all of its tries together: `15s`.
   * @default - as long as it needs
   */
  readonly timeout?: string;
  /**
   * When and how often a request is sent again.
   * @default - Istio's own: twice
   */
  readonly retries?: RetriesProperties;
  /**
   * What goes wrong on purpose. Istio neither retries nor times out what it is given for.
   * @default - nothing
   */
  readonly fault?: FaultProperties;
  /**
   * Another Service that gets copies of requests; its answers are dropped. Where the network
   * is closed, callers need a connection to it too.
   * @default - none
   */
  readonly mirror?: MirrorProperties;
  /**
   * Headers that are changed.
   * @default - none
   */
  readonly headers?: HeadersProperties;
}

/** A Service that gets copies of requests. */
export interface MirrorProperties {
  /** Name of a Service of the same namespace, or a host name in full. */
  readonly host: string;
  /**
   * Port of the Service.
   * @default - its only port
   */
  readonly port?: number;
  /**
   * How many of all requests are copied, in percent.
   * @default 100
   */
  readonly percentage?: number;
}

/** The schemas of what happens to HTTP requests. */
export const httpPolicyShape = {
  timeout: duration.optional(),
  retries: retriesSchema.optional(),
  fault: faultSchema.optional(),
  mirror: z
    .strictObject({
      host: z.string().min(1),
      port: z.int().min(1).max(65_535).optional(),
      percentage: percentage.optional(),
    })
    .optional(),
  headers: headersSchema.optional(),
};

const httpPolicy = z.object(httpPolicyShape);

/** What happens to HTTP requests, checked. */
export type HttpPolicy = z.output<typeof httpPolicy>;

/** What happens to HTTP requests, as a rule of a VirtualService says it. */
export function httpPolicyOf(given: HttpPolicy, namespace: string) {
  const { timeout, retries, fault, mirror, headers: changed } = given;
  return {
    headers: changed,
    timeout,
    retries,
    fault: fault && faultOf(fault),
    mirror: mirror && {
      host: fullHost(mirror.host, namespace),
      port: mirror.port === undefined ? undefined : { number: mirror.port },
    },
    mirrorPercentage: mirror?.percentage === undefined ? undefined : { value: mirror.percentage },
  };
}
