import * as z from 'zod';

/** One limit to how many pods are added or removed (Kubernetes API: HPAScalingPolicy). */
export interface ScalingPolicyProperties {
  /** What `value` counts: pods, or percent of the current pods. */
  readonly type: 'Pods' | 'Percent';
  /** The most that may be added or removed within `periodSeconds`. */
  readonly value: number;
  /** Length of the window in seconds, at most 1800. */
  readonly periodSeconds: number;
}

/** How fast the number of pods changes in one direction (Kubernetes API: HPAScalingRules). */
export interface ScalingRulesProperties {
  /**
   * Seconds whose recommendations are looked back on, at most 3600; the most cautious of them counts.
   * @default - 300 for `scaleDown`, 0 for `scaleUp`
   */
  readonly stabilizationWindowSeconds?: number;
  /**
   * Limits to how many pods are added or removed.
   * @default - Kubernetes' own: down to any number at once, up by 4 pods or to the double every 15 seconds
   */
  readonly policies?: readonly ScalingPolicyProperties[];
  /**
   * Which of the policies counts: the one that allows most, the one that allows least, or that none may be used.
   * @default 'Max'
   */
  readonly selectPolicy?: 'Max' | 'Min' | 'Disabled';
}

/** The schema of scaling rules. An empty list of policies is refused by the API server. */
export const scalingRulesSchema = z.strictObject({
  stabilizationWindowSeconds: z.int().min(0).max(3600).optional(),
  policies: z
    .array(
      z.strictObject({
        type: z.enum(['Pods', 'Percent']),
        value: z.int().min(1),
        periodSeconds: z.int().min(1).max(1800),
      }),
    )
    .min(1)
    .readonly()
    .optional(),
  selectPolicy: z.enum(['Max', 'Min', 'Disabled']).optional(),
});
