import { defineComponent, Pods, propertiesOf } from '@strake/core';
import * as z from 'zod';
import { adoptPodsShape, nameOfAdopted, type AdoptPodsProperties } from './adopt.ts';
import { cronSchedule } from './cron-schedule.ts';
import { jobShape, jobSpec, type JobProperties } from './job.ts';
import { checkNameLength } from './name-length.ts';
import { podsFacet, workloadLabels } from './pod-template.ts';

export interface CronTaskProperties extends JobProperties {
  /** When it runs: minute, hour, day of the month, month and day of the week (`0 3 * * MON-FRI`), or `@daily`. */
  readonly schedule: string;
  /**
   * Time zone of the schedule: `Europe/Berlin`.
   * @default - that of the cluster's controller manager, mostly UTC
   */
  readonly timeZone?: string;
  /**
   * Whether a run starts while the last one still goes on: beside it, not at all, or in its stead.
   * @default 'Allow'
   */
  readonly concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace';
  /**
   * Whether no further run starts.
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * Seconds by which a run may be late; a later one is left out.
   * @default - any number
   */
  readonly startingDeadlineSeconds?: number;
  /**
   * Jobs that succeeded and are kept.
   * @default 3
   */
  readonly successfulJobsHistoryLimit?: number;
  /**
   * Jobs that failed and are kept.
   * @default 1
   */
  readonly failedJobsHistoryLimit?: number;
  /**
   * What a CronJob that exists already keeps, and the pods of its next runs.
   * @default - it is a new one
   */
  readonly adopt?: AdoptPodsProperties;
}

/**
 * Runs to its end, again and again: a CronJob. Its name has at most 52 characters.
 *
 * @example
 * new CronTask(this, 'report', {
 *   image: 'ghcr.io/acme/report:1.0.0',
 *   schedule: '0 3 * * MON-FRI',
 *   timeZone: 'Europe/Berlin',
 *   concurrencyPolicy: 'Forbid',
 * })
 */
export class CronTask extends defineComponent({
  name: 'cron-task',
  package: '@strake/components',
  summary: 'Runs to its end, again and again: a CronJob.',
  properties: propertiesOf<CronTaskProperties>()({
    ...jobShape,
    schedule: cronSchedule,
    timeZone: z
      .string()
      .regex(/^(?!local$)[a-z][\w+-]*(\/[\w+-]+)*$/i, 'a time zone such as `Europe/Berlin`')
      .optional(),
    concurrencyPolicy: z.enum(['Allow', 'Forbid', 'Replace']).optional(),
    suspend: z.boolean().optional(),
    startingDeadlineSeconds: z.int().min(0).optional(),
    successfulJobsHistoryLimit: z.int().min(0).optional(),
    failedJobsHistoryLimit: z.int().min(0).optional(),
    adopt: z.strictObject(adoptPodsShape).optional(),
  }),
  offers: [Pods],
  nameOf: nameOfAdopted,
  build(component, { adopt, ...properties }) {
    const { name } = component;
    checkNameLength(component, 52, 'the Jobs of a CronJob are named by its name and 11 more');
    const {
      schedule,
      timeZone,
      concurrencyPolicy,
      suspend,
      startingDeadlineSeconds,
      successfulJobsHistoryLimit,
      failedJobsHistoryLimit,
      ...job
    } = properties;
    const labels = workloadLabels(component, properties.image, adopt);
    const workload = component.object({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name, labels },
      spec: {
        schedule,
        timeZone,
        concurrencyPolicy,
        suspend,
        startingDeadlineSeconds,
        successfulJobsHistoryLimit,
        failedJobsHistoryLimit,
        jobTemplate: {
          metadata: adopt === undefined ? { labels } : undefined,
          spec: jobSpec(component, job, adopt),
        },
      },
    });
    return { pods: podsFacet(component, workload, { template: 'spec.jobTemplate.spec.template', adopt }) };
  },
}) {}
