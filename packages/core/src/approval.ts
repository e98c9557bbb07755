import * as z from 'zod';

/** What stands between a delivery and an environment. */
export type Approval =
  | 'none'
  | 'pull-request'
  | 'manual-sync'
  | 'canary-gate'
  | { readonly windows: readonly [SyncWindow, ...SyncWindow[]] };

/** A time in which an agent may sync, or may not (Argo CD: AppProject.spec.syncWindows). */
export interface SyncWindow {
  readonly kind: 'allow' | 'deny';
  /** When it begins, in cron's five fields: `0 9 * * 1-4`. */
  readonly schedule: string;
  /** How long it lasts: `8h`, `30m`. */
  readonly duration: string;
  /**
   * Time zone of the schedule: `Europe/Berlin`.
   * @default 'UTC'
   */
  readonly timeZone?: string;
  /**
   * Whether people may sync by hand when the agent may not.
   * @default false
   */
  readonly manualSync?: boolean;
}

const window = z.strictObject({
  kind: z.enum(['allow', 'deny']),
  schedule: z.string().regex(/^\S+(?: \S+){4}$/, "cron's five fields, such as `0 9 * * 1-4`"),
  duration: z
    .string()
    .regex(/^(?:\d+h)?(?:\d+m)?$/, 'a duration such as `8h` or `30m`')
    .min(2),
  timeZone: z.string().min(1).optional(),
  manualSync: z.boolean().optional(),
});

/** The schema of an approval. */
export const approvalSchema: z.ZodType<Approval, Approval> = z.union([
  z.enum(['none', 'pull-request', 'manual-sync', 'canary-gate']),
  z.strictObject({ windows: z.tuple([window], window).readonly() }),
]);

/** Whether a value is an approval, whatever its type says. */
export function isApproval(value: unknown): boolean {
  return approvalSchema.safeParse(value).success;
}

/** The name of an approval: `windows` for sync windows. */
export function approvalName(approval: Approval): Exclude<Approval, object> | 'windows' {
  return typeof approval === 'string' ? approval : 'windows';
}
