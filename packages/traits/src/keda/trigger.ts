import * as z from 'zod';
import { objectName } from '../object-name.ts';
import { authenticationSchema, type AuthenticationProperties } from './authentication.ts';

/** What triggers of every type have (keda.sh: ScaleTriggers). */
export interface TriggerCommonProperties {
  /**
   * Name of the trigger, which metrics and `scalingModifiers` know it by.
   * @default - its place in the list
   */
  readonly name?: string;
  /**
   * Whether the metric is divided by the number of pods before it is compared.
   * @default 'AverageValue'
   */
  readonly metricType?: 'AverageValue' | 'Value';
  /**
   * Whether the value of the last poll answers the autoscaler's questions in between.
   * @default false
   */
  readonly useCachedMetrics?: boolean;
  /**
   * How KEDA proves who it is: a TriggerAuthentication is made of it.
   * @default - not at all, or as `authenticationRef` says
   */
  readonly authentication?: AuthenticationProperties;
  /**
   * A TriggerAuthentication that somebody else makes.
   * @default - none
   */
  readonly authenticationRef?: {
    readonly name: string;
    /** @default 'TriggerAuthentication' */
    readonly kind?: 'TriggerAuthentication' | 'ClusterTriggerAuthentication';
  };
}

const common = {
  name: objectName.optional(),
  metricType: z.enum(['AverageValue', 'Value']).optional(),
  useCachedMetrics: z.boolean().optional(),
  authentication: authenticationSchema.optional(),
  authenticationRef: z
    .strictObject({
      name: objectName,
      kind: z.enum(['TriggerAuthentication', 'ClusterTriggerAuthentication']).optional(),
    })
    .optional(),
};

/** The schema of triggers of one type, by the schemas of their metadata. */
export function triggerSchema<const Type extends string, Shape extends z.core.$ZodLooseShape>(
  type: Type,
  metadata: Shape,
) {
  return z.strictObject({ type: z.literal(type), metadata: z.strictObject(metadata), ...common });
}

/** The schema of triggers of a type that is not known here. */
export const otherTriggerSchema = z.strictObject({
  type: z.string().regex(/^[a-z0-9-]+$/, 'the type of a scaler, such as `mongodb`'),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).readonly(),
  ...common,
});

/** A trigger of a type that Strake does not know; keda.sh says what its metadata are. */
export interface OtherTriggerProperties extends TriggerCommonProperties {
  /** Type of the scaler: `mongodb`. */
  readonly type: string;
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
}
