import * as z from 'zod';

const DURATION = /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/;
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** The schema of a length of time, such as `15s` or `1m30s`; zero is allowed. */
export const durationOrZero = z
  .string()
  .regex(DURATION, { error: 'a duration such as `15s`, `500ms` or `1m30s`', abort: true });

/** The schema of a length of time as Istio takes it: at least a millisecond. */
export const duration = durationOrZero.refine(
  (text) => milliseconds(text) >= 1,
  'a duration of at least `1ms`',
);

/** The milliseconds of a duration. */
export function milliseconds(text: string): number {
  return [...text.matchAll(/([0-9.]+)(ms|s|m|h)/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (MILLISECONDS[unit] ?? 0),
    0,
  );
}
