import { defineTrait, Exposed, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { applyRollout } from './apply-rollout.ts';
import { checkIterations } from './check-iterations.ts';
import { checkRollout } from './check-rollout.ts';
import { providerSchema } from './provider.ts';
import { rolloutShape, type RolloutProperties } from './rollout-properties.ts';
import { ONE_CANARY } from './exclusions.ts';
import { OTHERS } from './rollout-target.ts';

export interface BlueGreenProperties extends RolloutProperties {
  /**
   * What switches the traffic. Plain Kubernetes does so by replacing the old revision's pods.
   * @default 'kubernetes'
   */
  readonly provider?: 'kubernetes' | 'istio' | 'gatewayapi:v1' | 'nginx';
  /**
   * How often the new revision is checked before it gets all traffic.
   * @default 10
   */
  readonly iterations?: number;
  /**
   * Whether requests are copied to the new revision while it is checked: only what may happen twice. Istio and Gateway
   * API.
   * @default false
   */
  readonly mirror?: boolean;
  /**
   * Share of the requests that is copied, in percent. Istio.
   * @default 100
   */
  readonly mirrorWeight?: number;
}

/**
 * Brings out a new revision beside the old one, and gives it all traffic at once when its tests are good (flagger.app:
 * Blue/Green). Works without a mesh. Flagger makes the Services and routes, and it or an autoscaler decides the number of
 * pods.
 *
 * @example
 * blueGreen({
 *   iterations: 10,
 *   threshold: 2,
 *   webhooks: [
 *     { type: 'pre-rollout', url: 'http://flagger-loadtester.flagger-system/', cmd: 'curl -sf http://web-canary.shop:8080/' },
 *     { type: 'confirm-promotion', url: 'http://flagger-loadtester.flagger-system/gate/check' },
 *   ],
 * })
 */
export const blueGreen: TraitFactory<BlueGreenProperties, 'pods' | 'exposed'> = defineTrait({
  name: 'blue-green',
  package: '@strake/traits',
  summary:
    'Brings out a new revision beside the old one, and gives it all traffic at once when its tests are good.',
  properties: propertiesOf<BlueGreenProperties>()({
    ...rolloutShape,
    provider: providerSchema.default('kubernetes'),
    iterations: z.int().min(1).default(10),
    mirror: z.boolean().optional(),
    mirrorWeight: z.int().min(1).max(100).optional(),
  })
    .superRefine(checkRollout)
    .superRefine(checkIterations),
  needs: [Pods, Exposed],
  conflictsWith: { canary: ONE_CANARY, 'ab-test': ONE_CANARY },
  ...OTHERS,
  apply(target, { provider, iterations, mirror, mirrorWeight, ...rollout }) {
    const analysis = { iterations, mirror, mirrorWeight };
    applyRollout(target, { trait: 'blueGreen', provider, rollout, analysis });
  },
});
