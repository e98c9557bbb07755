import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { duration } from './duration.ts';

/** What goes wrong on purpose, for callers to be tested with (istio.io: HTTPFaultInjection). */
export interface FaultProperties {
  /**
   * Requests that are held up.
   * @default - none
   */
  readonly delay?: {
    /** For how long: `2s`. */
    readonly fixedDelay: string;
    /** How many of all requests, in percent. */
    readonly percentage: number;
  };
  /**
   * Requests that are answered with an error.
   * @default - none
   */
  readonly abort?: {
    /** The status that they are answered with. */
    readonly httpStatus: number;
    /** How many of all requests, in percent. */
    readonly percentage: number;
  };
}

export const percentage = z.number().min(0).max(100);

/** The schema of faults. Istio takes a missing percentage for none, so it is asked for. */
export const faultSchema = z
  .strictObject({
    delay: z.strictObject({ fixedDelay: duration, percentage }).optional(),
    abort: z.strictObject({ httpStatus: z.int().min(200).max(599), percentage }).optional(),
  })
  .refine(hasEntry, 'at least one of `delay` and `abort`');

/** Faults as Istio writes them. */
export function faultOf({ delay, abort }: FaultProperties) {
  return {
    delay: delay && { ...delay, percentage: { value: delay.percentage } },
    abort: abort && { ...abort, percentage: { value: abort.percentage } },
  };
}
