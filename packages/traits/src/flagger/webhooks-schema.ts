import * as z from 'zod';
import { interval } from './interval.ts';

const call = {
  url: z.url({ protocol: /^https?$/ }),
  name: z.string().min(1).optional(),
  timeout: interval.default('10s'),
  retries: z.int().min(0).optional(),
  muteAlert: z.boolean().optional(),
  disableTLS: z.boolean().optional(),
  metadata: z.record(z.string().min(1), z.string()).readonly().optional(),
};

const test = z
  .strictObject({
    ...call,
    type: z.enum(['pre-rollout', 'rollout', 'post-rollout']),
    cmd: z.string().min(1).optional(),
  })
  .refine(({ cmd, metadata }) => cmd === undefined || metadata === undefined, {
    path: ['cmd'],
    error: 'no `cmd` beside `metadata`',
  });

/** The schema of what Flagger calls. */
export const webhooksSchema = z
  .array(
    z.discriminatedUnion('type', [
      z.strictObject({
        ...call,
        type: z.enum(['confirm-rollout', 'confirm-traffic-increase', 'confirm-promotion', 'rollback']),
      }),
      test,
      z.strictObject({ ...call, type: z.literal('event') }),
    ]),
  )
  .readonly();

/** What Flagger calls, checked. */
export type Webhooks = z.output<typeof webhooksSchema>;
