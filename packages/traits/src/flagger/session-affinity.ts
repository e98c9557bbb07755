import * as z from 'zod';

/** Keeps callers that once met the new revision there, by a cookie (flagger.app: SessionAffinity). */
export interface SessionAffinityProperties {
  readonly cookieName: string;
  /**
   * Cookie that keeps the others at the old revision for one step.
   * @default - none: each of their requests may go to either
   */
  readonly primaryCookieName?: string;
  /**
   * Seconds for which the cookie holds.
   * @default 86400
   */
  readonly maxAge?: number;
  /** @default - the host that was called */
  readonly domain?: string;
  /** @default - any path */
  readonly path?: string;
  /** @default - as the browser says */
  readonly sameSite?: 'Strict' | 'Lax' | 'None';
  /** @default false */
  readonly httpOnly?: boolean;
  /** @default false */
  readonly secure?: boolean;
  /** @default false */
  readonly partitioned?: boolean;
}

const text = z.string().min(1);

/** The schema of session affinity. */
export const sessionAffinitySchema = z
  .strictObject({
    cookieName: text,
    primaryCookieName: text.optional(),
    maxAge: z.int().min(1).optional(),
    domain: text.optional(),
    path: text.optional(),
    sameSite: z.enum(['Strict', 'Lax', 'None']).optional(),
    httpOnly: z.boolean().optional(),
    secure: z.boolean().optional(),
    partitioned: z.boolean().optional(),
  })
  .refine(({ cookieName, primaryCookieName }) => cookieName !== primaryCookieName, {
    path: ['primaryCookieName'],
    error: 'a name other than `cookieName`',
  });
