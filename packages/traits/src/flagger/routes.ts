import { absorbedRoutes } from './absorbed-routes.ts';
import { gatewayRoutes } from './gateway-routes.ts';
import type { Rollout } from './rollout-properties.ts';
import type { RolloutTarget } from './rollout-target.ts';

/** How requests reach the component: as the traits that Flagger takes over say, and the rollout itself. */
export function routesOf(target: RolloutTarget, service: Rollout['service']) {
  const { route } = target.absorbed;
  return { ...absorbedRoutes(target), ...(route === undefined ? {} : gatewayRoutes(target)), ...service };
}
