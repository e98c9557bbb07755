import type { Exposed, FindingInput, Pods, TraitTarget } from '@strake/core';
import { autoscale } from '../autoscale.ts';
import { expose } from '../expose.ts';
import { route } from '../gateway/route.ts';
import { ingress } from '../ingress.ts';
import { circuitBreaking } from '../istio/circuit-breaking.ts';
import { traffic } from '../istio/traffic.ts';
import { scaledObject } from '../keda/scaled-object.ts';
import { replicas } from '../replicas.ts';
import { updateStrategy } from '../update-strategy.ts';

/** The traits whose objects Flagger makes, and those that it must know of. */
export const OTHERS = {
  absorbs: { traffic, circuitBreaking, route, replicas },
  knows: { autoscale, scaledObject, updateStrategy, ingress, expose },
};

/** What a rollout is applied to. */
export type RolloutTarget = TraitTarget<
  [typeof Pods, typeof Exposed],
  (typeof OTHERS)['absorbs'],
  (typeof OTHERS)['knows']
>;

/** Something that is wrong with a rollout's component. */
export type Problem = Omit<FindingInput, 'path' | 'origins'>;
