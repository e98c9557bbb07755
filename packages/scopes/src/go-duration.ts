import * as z from 'zod';

const DURATION = /^(?=.)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** The schema of lengths of time. */
export const durationSchema: z.ZodType<string, string> = z
  .string()
  .regex(DURATION, 'a length of time such as `30m`');

/** A length of time as Kubernetes writes it back: `1h` is `1h0m0s` (Go, `time.Duration`). */
export function goDuration(text: string): string {
  const [hours = 0, minutes = 0, seconds = 0] = (DURATION.exec(text) ?? [])
    .slice(1)
    .map((part) => Number(part ?? 0));
  const total = hours * 3600 + minutes * 60 + seconds;
  const [wholeHours, rest] = [Math.floor(total / 3600), total % 3600];
  if (wholeHours > 0) return `${wholeHours}h${Math.floor(rest / 60)}m${rest % 60}s`;
  return rest >= 60 ? `${Math.floor(rest / 60)}m${rest % 60}s` : `${rest}s`;
}
