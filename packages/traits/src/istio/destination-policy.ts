import { loadBalancerSchema, type LoadBalancerProperties } from './load-balancer.ts';
import { subsetsSchema, type SubsetsProperties } from './subsets.ts';

/** How callers choose among the component's pods (istio.io: DestinationRule). */
export interface DestinationPolicyProperties {
  /**
   * Which pod a request goes to.
   * @default - the one with the fewest open requests
   */
  readonly loadBalancer?: LoadBalancerProperties;
  /**
   * Parts of the component's pods that `route` can name.
   * @default - none
   */
  readonly subsets?: SubsetsProperties;
}

/** The schemas of how callers choose among pods. */
export const destinationPolicyShape = {
  loadBalancer: loadBalancerSchema.optional(),
  subsets: subsetsSchema.optional(),
};
