import * as z from 'zod';

const FORM = /^(?=.)(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$/;
const MILLISECONDS: Readonly<Record<string, number>> = {
  y: 31_536_000_000,
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
};

/** The schema of a length of time (prometheus.io: durations): `30s`, `1h30m`, `1d`. */
export const duration = z.string().regex(FORM, 'a duration such as `30s`, `1h30m` or `1d`');

/** The milliseconds of a duration. */
export function milliseconds(text: string): number {
  return [...text.matchAll(/(\d+)(ms|[a-z])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (MILLISECONDS[unit] ?? 0),
    0,
  );
}
