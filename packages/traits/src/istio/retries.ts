import * as z from 'zod';
import { duration } from './duration.ts';

/** When and how often a request is sent again (istio.io: HTTPRetry). */
export interface RetriesProperties {
  /** How often it is sent again at most; 0 switches retries off, which Istio else does twice. */
  readonly attempts: number;
  /**
   * How long one try may take, the first one included: `3s`.
   * @default - as long as `timeout`
   */
  readonly perTryTimeout?: string;
  /**
   * Answers and faults after which it is sent again, divided by commas: `connect-failure,refused-stream,503`.
   * @default - Istio's own: `connect-failure,refused-stream,unavailable,cancelled`
   */
  readonly retryOn?: string;
  /**
   * Shortest time between two tries.
   * @default '25ms'
   */
  readonly backoff?: string;
}

/** The schema of retries. Istio refuses to switch them off and to say more about them. */
export const retriesSchema = z
  .strictObject({
    attempts: z.int().min(0),
    perTryTimeout: duration.optional(),
    retryOn: z
      .string()
      .regex(/^[a-z0-9-]+(,[a-z0-9-]+)*$/, 'conditions divided by commas, such as `connect-failure,503`')
      .optional(),
    backoff: duration.optional(),
  })
  .refine(
    ({ attempts, ...others }) => attempts > 0 || Object.values(others).every((value) => value === undefined),
    {
      error: 'nothing beside `attempts: 0`, which switches retries off',
    },
  );
