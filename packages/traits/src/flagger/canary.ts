import { defineTrait, Exposed, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { applyRollout } from './apply-rollout.ts';
import { checkRollout } from './check-rollout.ts';
import { checkWeights } from './check-weights.ts';
import { trafficProviderSchema } from './provider.ts';
import { rolloutShape, type RolloutProperties } from './rollout-properties.ts';
import { NO_GRPC, ONE_CANARY } from './exclusions.ts';
import { OTHERS } from './rollout-target.ts';
import { sessionAffinitySchema, type SessionAffinityProperties } from './session-affinity.ts';

export interface CanaryProperties extends RolloutProperties {
  /**
   * What shifts the traffic. Plain Kubernetes cannot: see `blueGreen`.
   * @default 'istio'
   */
  readonly provider?: 'istio' | 'gatewayapi:v1' | 'nginx';
  /**
   * Share of the traffic that the new revision gets more at every step, in percent. Instead of `stepWeights`.
   * @default - as `stepWeights` says
   */
  readonly stepWeight?: number;
  /**
   * Shares of the traffic that the new revision gets step by step, in percent. Instead of `stepWeight`.
   * @default - as `stepWeight` says
   */
  readonly stepWeights?: readonly number[];
  /**
   * Share from which the new revision is promoted, in percent. Beside `stepWeight` only.
   * @default 100
   */
  readonly maxWeight?: number;
  /**
   * Share that goes back to the promoted revision's own pods at every step, in percent.
   * @default - all of it at once
   */
  readonly stepWeightPromotion?: number;
  /**
   * Whether requests are copied to the new revision for one step before any goes there: only what may happen twice. Istio.
   * @default false
   */
  readonly mirror?: boolean;
  /**
   * Share of the requests that is copied, in percent.
   * @default 100
   */
  readonly mirrorWeight?: number;
  /**
   * Keeps callers that once met the new revision there. Istio and Gateway API.
   * @default - each request may go to either revision
   */
  readonly sessionAffinity?: SessionAffinityProperties;
}

const percent = z.int().min(1).max(100);

/**
 * Brings out a new revision by giving it more and more of the traffic while it is measured, and takes it back when it
 * fails (flagger.app: Canary). Flagger makes the Services and routes, and it or an autoscaler decides the number of pods.
 * It runs the old revision under the name with `-primary`, where policies that select `app.kubernetes.io/name` hold too.
 *
 * @example
 * canary({
 *   stepWeight: 10,
 *   maxWeight: 50,
 *   threshold: 5,
 *   metrics: [{ name: 'request-success-rate', thresholdRange: { min: 99 } }],
 * })
 */
export const canary: TraitFactory<CanaryProperties, 'pods' | 'exposed'> = defineTrait({
  name: 'canary',
  package: '@strake/traits',
  summary: 'Brings out a new revision by giving it more and more of the traffic while it is measured.',
  properties: propertiesOf<CanaryProperties>()({
    ...rolloutShape,
    provider: trafficProviderSchema.default('istio'),
    stepWeight: percent.optional(),
    stepWeights: z.array(percent).min(1).readonly().optional(),
    maxWeight: percent.optional(),
    stepWeightPromotion: percent.optional(),
    mirror: z.boolean().optional(),
    mirrorWeight: percent.optional(),
    sessionAffinity: sessionAffinitySchema.optional(),
  })
    .superRefine(checkRollout)
    .superRefine(checkWeights),
  needs: [Pods, Exposed],
  conflictsWith: { 'blue-green': ONE_CANARY, 'ab-test': ONE_CANARY, 'grpc-route': NO_GRPC },
  ...OTHERS,
  apply(target, { provider, sessionAffinity, ...given }) {
    const { stepWeight, stepWeights, maxWeight, stepWeightPromotion, mirror, mirrorWeight, ...rollout } =
      given;
    const weights = { stepWeight, stepWeights, maxWeight, stepWeightPromotion, mirror, mirrorWeight };
    applyRollout(target, { trait: 'canary', provider, rollout, analysis: { ...weights, sessionAffinity } });
  },
});
