import * as z from 'zod';

/** The schema of a length of time as Flagger's objects take it: whole seconds or minutes. */
export const interval = z
  .string()
  .regex(/^[1-9][0-9]*[ms]$/, 'whole seconds or minutes, such as `30s` or `1m`');

/** The seconds of such a time. */
export function secondsOf(text: string): number {
  return Number.parseInt(text, 10) * (text.endsWith('m') ? 60 : 1);
}
