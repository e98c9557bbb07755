import * as z from 'zod';
import { milliseconds } from '../istio/duration.ts';

/** How long requests may take (gateway-api.sigs.k8s.io: HTTPRouteTimeouts). `0s` is as long as they need. */
export interface RouteTimeoutsProperties {
  /**
   * From the first byte of the request to the last one of the answer, all tries together.
   * @default - as the gateway says
   */
  readonly request?: string;
  /**
   * One try, which cannot be longer.
   * @default - as long as `request`
   */
  readonly backendRequest?: string;
}

const duration = z.string().regex(/^([0-9]{1,5}(h|m|s|ms)){1,4}$/, {
  error: 'a duration in whole numbers, such as `15s` or `1m30s`',
  abort: true,
});

/** The schema of timeouts. */
export const timeoutsSchema = z
  .strictObject({ request: duration.optional(), backendRequest: duration.optional() })
  .refine(
    ({ request = '0s', backendRequest = '0s' }) =>
      milliseconds(request) === 0 || milliseconds(backendRequest) <= milliseconds(request),
    { path: ['backendRequest'], error: 'at most `request`' },
  );
