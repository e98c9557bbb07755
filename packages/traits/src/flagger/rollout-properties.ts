import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { objectName } from '../object-name.ts';
import { analysisShape, type AnalysisProperties } from './analysis-properties.ts';
import { canaryServiceSchema, type CanaryServiceProperties } from './service-properties.ts';

/** How Flagger brings out a new revision, whatever it does with the traffic (flagger.app: Canary). */
export interface RolloutProperties extends AnalysisProperties {
  /**
   * The Services and routes that Flagger makes in the place of the component's own.
   * @default - as the component's Service, and an attached `traffic` and `circuitBreaking`, say
   */
  readonly service?: CanaryServiceProperties;
  /**
   * The Ingress that leads to the component. nginx.
   * @default - the one of the component's name
   */
  readonly ingressRef?: { readonly name: string };
  /**
   * Seconds in which a revision must become ready.
   * @default 600
   */
  readonly progressDeadlineSeconds?: number;
  /**
   * Whether a revision is promoted as soon as it is ready, as in an emergency.
   * @default false
   */
  readonly skipAnalysis?: boolean;
  /**
   * Whether Flagger waits with everything.
   * @default false
   */
  readonly suspend?: boolean;
  /**
   * Whether the component runs on as without Flagger once the Canary is deleted.
   * @default false
   */
  readonly revertOnDeletion?: boolean;
  /**
   * The Prometheus that Flagger's own metrics come from.
   * @default - as Flagger is installed
   */
  readonly metricsServer?: string;
  /**
   * How many pods of the old revision an attached `autoscale` or `scaledObject` lets run.
   * @default - as many as of the new one
   */
  readonly primaryScalerReplicas?: { readonly minReplicas?: number; readonly maxReplicas?: number };
  /**
   * Queries for the old revision, by the name of the trigger of an attached `scaledObject`.
   * @default - the same, with the old revision's name in the place of the component's
   */
  readonly primaryScalerQueries?: Readonly<Record<string, string>>;
}

const pods = z.int().min(1).optional();

/** The schemas of how Flagger brings out a new revision. */
export const rolloutShape = {
  service: canaryServiceSchema.default({}),
  ingressRef: z.strictObject({ name: objectName }).optional(),
  ...analysisShape,
  progressDeadlineSeconds: z.int().min(1).optional(),
  skipAnalysis: z.boolean().optional(),
  suspend: z.boolean().optional(),
  revertOnDeletion: z.boolean().optional(),
  metricsServer: z.url().optional(),
  primaryScalerReplicas: z
    .strictObject({ minReplicas: pods, maxReplicas: pods })
    .refine(hasEntry, 'at least one of `minReplicas` and `maxReplicas`')
    .optional(),
  primaryScalerQueries: z.record(z.string().min(1), z.string().min(1)).readonly().optional(),
};

const rollout = z.object(rolloutShape);

/** How Flagger brings out a new revision, checked. */
export type Rollout = z.output<typeof rollout>;
