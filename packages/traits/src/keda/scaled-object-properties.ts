import { propertiesOf } from '@strake/core';
import * as z from 'zod';
import { behaviorSchema, fallbackSchema, scalingModifiersSchema } from './scaling-options.ts';
import type {
  BehaviorProperties,
  FallbackProperties,
  ScalingModifiersProperties,
} from './scaling-options.ts';
import { otherTriggerSchema, type OtherTriggerProperties } from './trigger.ts';
import { triggersSchema, type TriggerProperties } from './triggers.ts';

export interface ScaledObjectProperties {
  /**
   * What makes pods come and go: the one that asks for most counts.
   * @default - none but `otherTriggers`
   */
  readonly triggers?: readonly TriggerProperties[];
  /**
   * Triggers of types that Strake does not know.
   * @default - none
   */
  readonly otherTriggers?: readonly OtherTriggerProperties[];
  /**
   * The fewest pods.
   * @default - the count of an attached `replicas`, else 0, or 1 where all triggers go by use
   */
  readonly minReplicaCount?: number;
  /** The most pods. */
  readonly maxReplicaCount: number;
  /**
   * How many pods there are while nothing happens, fewer than `minReplicaCount`. KEDA takes 0 only.
   * @default - `minReplicaCount`
   */
  readonly idleReplicaCount?: 0;
  /**
   * Seconds from one poll of the triggers to the next.
   * @default 30
   */
  readonly pollingInterval?: number;
  /**
   * Seconds after the last activity until there are no pods.
   * @default 300
   */
  readonly cooldownPeriod?: number;
  /**
   * Seconds after its creation before `cooldownPeriod` starts to count.
   * @default 0
   */
  readonly initialCooldownPeriod?: number;
  /** @default - the last count stays while triggers fail */
  readonly fallback?: FallbackProperties;
  /** @default - Kubernetes' own */
  readonly behavior?: BehaviorProperties;
  /** @default - every trigger is a metric of its own */
  readonly scalingModifiers?: ScalingModifiersProperties;
  /**
   * Whether the count of before comes back when the trait goes.
   * @default false
   */
  readonly restoreToOriginalReplicaCount?: boolean;
}

const count = z.int().min(0).optional();

/** The schema of what a ScaledObject is made of. */
export const scaledObjectSchema = propertiesOf<ScaledObjectProperties>()({
  triggers: triggersSchema.optional(),
  otherTriggers: z.array(otherTriggerSchema).readonly().optional(),
  minReplicaCount: count,
  maxReplicaCount: z.int().min(1),
  idleReplicaCount: z.literal(0, 'KEDA knows no other idle count than 0').optional(),
  pollingInterval: z.int().min(1).optional(),
  cooldownPeriod: count,
  initialCooldownPeriod: count,
  fallback: fallbackSchema.optional(),
  behavior: behaviorSchema.optional(),
  scalingModifiers: scalingModifiersSchema.optional(),
  restoreToOriginalReplicaCount: z.boolean().optional(),
})
  .refine(({ triggers = [], otherTriggers = [] }) => triggers.length + otherTriggers.length > 0, {
    path: ['triggers'],
    error: 'at least one trigger',
  })
  .refine(({ minReplicaCount: least = 0, maxReplicaCount: most }) => least <= most, {
    path: ['maxReplicaCount'],
    error: 'a number that is not below `minReplicaCount`',
  })
  .refine(({ idleReplicaCount: idle = -1, minReplicaCount: least = 1 }) => idle < least, {
    path: ['idleReplicaCount'],
    error: 'a number below `minReplicaCount`',
  });
