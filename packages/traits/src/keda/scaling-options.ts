import * as z from 'zod';
import { scalingRulesSchema, type ScalingRulesProperties } from '../scaling-rules.ts';

/** How many pods there are while a trigger cannot be asked (keda.sh: Fallback). */
export interface FallbackProperties {
  /** Failures in a row after which it holds. */
  readonly failureThreshold: number;
  /** How many pods there are then. */
  readonly replicas: number;
  /**
   * Whether that count holds as it is, or only where it is more or less than the current one.
   * @default 'static'
   */
  readonly behavior?: 'static' | 'currentReplicas' | 'currentReplicasIfHigher' | 'currentReplicasIfLower';
}

/** One metric that is made of those of several triggers (keda.sh: ScalingModifiers). */
export interface ScalingModifiersProperties {
  /** Expression over the names of triggers: `(jobs + mails) / 2`. */
  readonly formula: string;
  /** Value of it that is aimed at. */
  readonly target: number;
  /**
   * Value from which on there is more than `minReplicaCount`.
   * @default 0
   */
  readonly activationTarget?: number;
  /** @default 'AverageValue' */
  readonly metricType?: 'AverageValue' | 'Value';
}

/** How fast pods come and go (Kubernetes API: HorizontalPodAutoscalerBehavior). */
export interface BehaviorProperties {
  /** @default - after 300 seconds of less use, any number at once */
  readonly scaleDown?: ScalingRulesProperties;
  /** @default - at once, by 4 pods or to the double every 15 seconds */
  readonly scaleUp?: ScalingRulesProperties;
}

/** The schema of a fallback. */
export const fallbackSchema = z.strictObject({
  failureThreshold: z.int().min(1),
  replicas: z.int().min(0),
  behavior: z
    .enum(['static', 'currentReplicas', 'currentReplicasIfHigher', 'currentReplicasIfLower'])
    .optional(),
});

/** The schema of one metric made of several. */
export const scalingModifiersSchema = z.strictObject({
  formula: z.string().min(1),
  target: z.number(),
  activationTarget: z.number().optional(),
  metricType: z.enum(['AverageValue', 'Value']).optional(),
});

/** The schema of how fast pods come and go. */
export const behaviorSchema = z.strictObject({
  scaleDown: scalingRulesSchema.optional(),
  scaleUp: scalingRulesSchema.optional(),
});

interface Advanced {
  readonly behavior?: z.output<typeof behaviorSchema> | undefined;
  readonly scalingModifiers?: z.output<typeof scalingModifiersSchema> | undefined;
  readonly restoreToOriginalReplicaCount?: boolean | undefined;
}

/** What of a ScaledObject is about its autoscaler. */
export function advancedOf({ behavior, scalingModifiers, restoreToOriginalReplicaCount }: Advanced) {
  const { target, activationTarget, ...modifiers } = scalingModifiers ?? {};
  const advanced = {
    horizontalPodAutoscalerConfig: behavior && { behavior },
    scalingModifiers: scalingModifiers && {
      ...modifiers,
      target: String(target),
      activationTarget: activationTarget === undefined ? undefined : String(activationTarget),
    },
    restoreToOriginalReplicaCount,
  };
  return Object.values(advanced).every((value) => value === undefined) ? undefined : advanced;
}
