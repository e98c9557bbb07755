import { hasEntry } from '../has-entry.ts';
import { absorbedProblems } from './absorbed-routes.ts';
import type { Strategy } from './apply-rollout.ts';
import { portProblems } from './canary-ports.ts';
import { gatewayProblems } from './gateway-routes.ts';
import { ingressProblems } from './ingress-problems.ts';
import { ownServiceProblems } from './own-service.ts';
import { rolloutWarnings } from './rollout-warnings.ts';
import type { Problem, RolloutTarget } from './rollout-target.ts';
import { routesOf } from './routes.ts';
import { scalingProblems } from './scaling.ts';
import { targetProblems } from './target-problems.ts';

/** Everything that is wrong with a rollout on its component. */
export function rolloutProblems(target: RolloutTarget, { trait, provider, rollout }: Strategy): Problem[] {
  const routes = routesOf(target, rollout.service);
  const { portName, gateways, hosts, timeout, retries, headers } = routes;
  const readsRequests = trait === 'abTest' || hasEntry({ hosts, timeout, retries, headers });
  return [
    ...targetProblems(trait, target),
    ...ownServiceProblems(trait, target),
    ...portProblems(target.exposed.ports, { trait, provider, portName, gateways, readsRequests }),
    ...absorbedProblems(target, { trait, provider, service: rollout.service }),
    ...gatewayProblems(target, { trait, provider, service: rollout.service }),
    ...ingressProblems(target, { trait, provider, rollout }),
    ...scalingProblems(trait, target, rollout),
    ...rolloutWarnings(trait, rollout),
  ];
}
