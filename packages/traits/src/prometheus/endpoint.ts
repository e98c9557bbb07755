import * as z from 'zod';
import { secretKeyOf, secretKeySchema, type SecretKeyProperties } from '../secret-key.ts';
import { duration, milliseconds } from './duration.ts';
import { relabelingsSchema, type RelabelingProperties } from './relabeling.ts';

/** How a port is scraped (prometheus-operator.dev: Endpoint). */
export interface EndpointProperties {
  /**
   * Path at which the metrics are.
   * @default '/metrics'
   */
  readonly path?: string;
  /**
   * Protocol by which they are read.
   * @default 'http'
   */
  readonly scheme?: 'http' | 'https';
  /**
   * Time from one scrape to the next: `30s`.
   * @default - that of Prometheus
   */
  readonly interval?: string;
  /**
   * Time after which a scrape has failed, at most `interval`.
   * @default - that of Prometheus
   */
  readonly scrapeTimeout?: string;
  /**
   * Parameters of the request.
   * @default - none
   */
  readonly params?: Readonly<Record<string, readonly string[]>>;
  /**
   * Whether labels of samples win over those of the target.
   * @default false
   */
  readonly honorLabels?: boolean;
  /**
   * Changes of the target's labels before it is scraped.
   * @default - none
   */
  readonly relabelings?: readonly RelabelingProperties[];
  /**
   * Changes of samples before they are stored.
   * @default - none
   */
  readonly metricRelabelings?: readonly RelabelingProperties[];
  /**
   * User and password of the request.
   * @default - none
   */
  readonly basicAuth?: { readonly username: SecretKeyProperties; readonly password: SecretKeyProperties };
  /**
   * Token of the request, sent as `Authorization: Bearer`.
   * @default - none
   */
  readonly bearerToken?: SecretKeyProperties;
}

/** The schemas of how a port is scraped. */
export const endpointShape = {
  path: z.string().startsWith('/', 'a path that starts with `/`').optional(),
  scheme: z.enum(['http', 'https']).optional(),
  interval: duration.optional(),
  scrapeTimeout: duration.optional(),
  params: z.record(z.string(), z.array(z.string()).readonly()).readonly().optional(),
  honorLabels: z.boolean().optional(),
  relabelings: relabelingsSchema.optional(),
  metricRelabelings: relabelingsSchema.optional(),
  basicAuth: z.strictObject({ username: secretKeySchema, password: secretKeySchema }).optional(),
  bearerToken: secretKeySchema.optional(),
};

const endpoint = z.strictObject(endpointShape);
type Endpoint = z.output<typeof endpoint>;

/** A scrape that takes longer than the next one waits is refused by Prometheus. */
export function endsInTime({ interval, scrapeTimeout }: Endpoint): boolean {
  if (interval === undefined || scrapeTimeout === undefined) return true;
  return milliseconds(scrapeTimeout) <= milliseconds(interval);
}

/** How a port is scraped, as the Prometheus operator reads it. */
export function endpointOf({ path = '/metrics', basicAuth, bearerToken, ...rest }: Endpoint) {
  return {
    path,
    ...rest,
    basicAuth: basicAuth && {
      username: secretKeyOf(basicAuth.username),
      password: secretKeyOf(basicAuth.password),
    },
    authorization: bearerToken && { type: 'Bearer', credentials: secretKeyOf(bearerToken) },
  };
}
