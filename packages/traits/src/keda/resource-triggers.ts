import * as z from 'zod';
import { triggerSchema, type TriggerCommonProperties } from './trigger.ts';

/** Scales by the use of CPU (keda.sh: CPU scaler). It cannot scale to 0 alone. */
export interface CpuTriggerProperties extends ResourceTriggerProperties {
  readonly type: 'cpu';
}

/** Scales by the use of memory (keda.sh: Memory scaler). It cannot scale to 0 alone. */
export interface MemoryTriggerProperties extends ResourceTriggerProperties {
  readonly type: 'memory';
}

/** What the two triggers by use have in common. */
export interface ResourceTriggerProperties extends Pick<TriggerCommonProperties, 'name'> {
  /** Whether `value` is a percentage of what the container requests, or an amount for each pod. */
  readonly metricType: 'Utilization' | 'AverageValue';
  readonly metadata: {
    /** Use that is aimed at: 70 percent, or an amount such as `500m`. */
    readonly value: number | string;
    /**
     * Container whose use counts.
     * @default - the component's own
     */
    readonly containerName?: string;
  };
}

/** Scales by the clock (keda.sh: Cron scaler). */
export interface CronTriggerProperties extends TriggerCommonProperties {
  readonly type: 'cron';
  readonly metadata: {
    /** Name of a time zone: `Europe/Berlin`. */
    readonly timezone: string;
    /** When the pods come, as a cron expression. */
    readonly start: string;
    /** When they may go again, as a cron expression. */
    readonly end: string;
    /** How many pods there are in between. */
    readonly desiredReplicas: number;
  };
}

const resource = {
  name: z.string().min(1).optional(),
  metricType: z.enum(['Utilization', 'AverageValue']),
  metadata: z.strictObject({
    value: z.union([z.number().min(0), z.string().min(1)]),
    containerName: z.string().min(1).optional(),
  }),
};
const cron = z.string().regex(/^\S+( \S+){4}$/, 'a cron expression of five fields, such as `0 8 * * 1-5`');

/** The schemas of triggers by use and by the clock. */
export const resourceTriggerSchemas = [
  z.strictObject({ type: z.literal('cpu'), ...resource }),
  z.strictObject({ type: z.literal('memory'), ...resource }),
  triggerSchema('cron', {
    timezone: z.string().regex(/^[A-Za-z0-9_+/-]+$/, 'the name of a time zone, such as `Europe/Berlin`'),
    start: cron,
    end: cron,
    desiredReplicas: z.int().min(1),
  }),
] as const;
