import * as z from 'zod';
import { alertsSchema, type AlertProperties } from './alerts.ts';
import { interval } from './interval.ts';
import { metricsSchema } from './metrics-schema.ts';
import type { MetricProperties } from './metrics.ts';
import { webhooksSchema } from './webhooks-schema.ts';
import type { WebhookProperties } from './webhooks.ts';

/** What decides whether a new revision is good (flagger.app: CanaryAnalysis). */
export interface AnalysisProperties {
  /**
   * Time between two steps, at least `10s`.
   * @default '1m'
   */
  readonly interval?: string;
  /**
   * Failed checks after which the old revision gets all traffic back.
   * @default 1
   */
  readonly threshold?: number;
  /**
   * What is measured of the new revision.
   * @default - nothing
   */
  readonly metrics?: readonly MetricProperties[];
  /**
   * What Flagger calls: gates that somebody opens by hand, tests, and listeners.
   * @default - nothing
   */
  readonly webhooks?: readonly WebhookProperties[];
  /**
   * Whom Flagger tells of what happens.
   * @default - those of Flagger itself
   */
  readonly alerts?: readonly AlertProperties[];
  /**
   * Share of the old revision's pods that must be ready, in percent.
   * @default 100
   */
  readonly primaryReadyThreshold?: number;
  /**
   * Share of the new revision's pods that must be ready, in percent.
   * @default 100
   */
  readonly canaryReadyThreshold?: number;
}

const percent = z.int().min(0).max(100).optional();

/** The schemas of what decides whether a new revision is good. */
export const analysisShape = {
  interval: interval.default('1m'),
  threshold: z.int().min(1).default(1),
  metrics: metricsSchema.default([]),
  webhooks: webhooksSchema.default([]),
  alerts: alertsSchema.optional(),
  primaryReadyThreshold: percent,
  canaryReadyThreshold: percent,
};
