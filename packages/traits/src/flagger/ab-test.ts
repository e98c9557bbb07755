import { defineTrait, Exposed, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { applyRollout } from './apply-rollout.ts';
import { checkIterations } from './check-iterations.ts';
import { checkRollout } from './check-rollout.ts';
import { matchProblem } from './match-problem.ts';
import { matchesOf, matchSchema, type MatchProperties } from './match.ts';
import { trafficProviderSchema } from './provider.ts';
import { rolloutShape, type RolloutProperties } from './rollout-properties.ts';
import { NO_GRPC, ONE_CANARY } from './exclusions.ts';
import { OTHERS } from './rollout-target.ts';

export interface AbTestProperties extends RolloutProperties {
  /**
   * What tells requests apart. Plain Kubernetes cannot: see `blueGreen`.
   * @default 'istio'
   */
  readonly provider?: 'istio' | 'gatewayapi:v1' | 'nginx';
  /** Requests that meet the new revision: those that one of these fits. */
  readonly match: readonly MatchProperties[];
  /**
   * How often the new revision is checked before it is promoted.
   * @default 10
   */
  readonly iterations?: number;
}

/**
 * Brings out a new revision to the requests with some header or cookie, until it is promoted for all (flagger.app: A/B
 * Testing). Flagger makes the Services and routes, and it or an autoscaler decides the number of pods.
 *
 * @example
 * abTest({
 *   match: [{ headers: { 'x-group': { exact: 'beta' } } }, { cookie: { name: 'beta', value: 'always' } }],
 *   threshold: 2,
 *   metrics: [{ name: 'request-success-rate', thresholdRange: { min: 99 } }],
 * })
 */
export const abTest: TraitFactory<AbTestProperties, 'pods' | 'exposed'> = defineTrait({
  name: 'ab-test',
  package: '@strake/traits',
  summary:
    'Brings out a new revision to the requests with some header or cookie, until it is promoted for all.',
  properties: propertiesOf<AbTestProperties>()({
    ...rolloutShape,
    provider: trafficProviderSchema.default('istio'),
    match: matchSchema,
    iterations: z.int().min(1).default(10),
  })
    .superRefine(checkRollout)
    .superRefine(checkIterations)
    .superRefine(({ match, provider }, context) => {
      const message = matchProblem(match, provider);
      if (message !== undefined) context.addIssue({ code: 'custom', path: ['match'], message });
    }),
  needs: [Pods, Exposed],
  conflictsWith: { canary: ONE_CANARY, 'blue-green': ONE_CANARY, 'grpc-route': NO_GRPC },
  ...OTHERS,
  apply(target, { provider, match, iterations, ...rollout }) {
    const analysis = { iterations, match: matchesOf(match, provider) };
    applyRollout(target, { trait: 'abTest', provider, rollout, analysis });
  },
});
