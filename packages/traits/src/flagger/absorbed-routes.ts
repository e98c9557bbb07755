import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { circuitWarnings } from '../istio/circuit-warnings.ts';
import { httpLimitsOf } from '../istio/connection-pool.ts';
import { httpWarnings } from '../istio/http-warnings.ts';
import type { Provider } from './provider.ts';
import { canaryRouteShape } from './route-properties.ts';
import type { Problem, RolloutTarget } from './rollout-target.ts';

/** What `traffic` and `circuitBreaking` say, as a Canary says it for the routes that Flagger makes. */
export function absorbedRoutes({ absorbed }: RolloutTarget) {
  const { hosts, gateways, port, timeout, retries, headers, loadBalancer } = absorbed.traffic ?? {};
  const { outlierDetection, ...limits } = absorbed.circuitBreaking ?? {};
  const http = httpLimitsOf(limits);
  const policy = { loadBalancer, connectionPool: http && { http }, outlierDetection };
  const { attempts = 0, perTryTimeout, retryOn } = retries ?? {};
  const routes = routesSchema.parse({
    hosts,
    gateways,
    timeout,
    retries: retries && { attempts, perTryTimeout, retryOn },
    headers,
    trafficPolicy: hasEntry(policy) ? policy : undefined,
  });
  return { ...routes, portName: port };
}

const routesSchema = z.strictObject(canaryRouteShape);

/** What of `traffic` and `circuitBreaking` would be lost, and what Istio would not do. */
export function absorbedProblems(
  target: RolloutTarget,
  {
    trait,
    provider,
    service,
  }: { readonly trait: string; readonly provider: Provider; readonly service: object },
): Problem[] {
  const { absorbed, known, exposed } = target;
  const { traffic, circuitBreaking } = absorbed;
  if (traffic === undefined && circuitBreaking === undefined) return [];
  if (provider !== 'istio')
    return [notIstio(trait, provider, traffic === undefined ? 'circuitBreaking' : 'traffic')];
  const { fault, mirror, route, rules, subsets } = traffic ?? {};
  const { maxConnections, connectTimeout, maxConnectionDuration } = circuitBreaking ?? {};
  const lost = {
    traffic: { fault, mirror, route, rules, subsets, 'retries.backoff': traffic?.retries?.backoff },
    circuitBreaking: { maxConnections, connectTimeout, maxConnectionDuration },
  };
  const pods = known.autoscale?.max ?? absorbed.replicas?.count;
  return [
    ...Object.entries(lost).flatMap(([from, entries]) =>
      Object.entries(entries).flatMap(([name, value]) =>
        value === undefined ? [] : [noPlace(trait, from, name)],
      ),
    ),
    ...Object.entries(absorbedRoutes(target)).flatMap(([name, value]) =>
      value === undefined || !(name in service) ? [] : [saidTwice(trait, name)],
    ),
    ...httpWarnings(traffic ?? {}),
    ...circuitWarnings(circuitBreaking ?? {}, { ports: exposed.ports, pods }),
  ];
}

function noPlace(trait: string, from: string, property: string): Problem {
  return {
    code: 'trait-conflict',
    written: `\`${property}\` of \`${from}\` beside \`${trait}\``,
    allowed: 'what Flagger can write to the VirtualService and the DestinationRules that it makes',
    fix: `Remove \`${property}\`, or detach \`${trait}\`.`,
  };
}

function saidTwice(trait: string, property: string): Problem {
  return {
    code: 'trait-conflict',
    written: `\`service.${property}\` of \`${trait}\` beside \`traffic\` or \`circuitBreaking\`, which says it too`,
    allowed: 'one place that says it',
    fix: `Remove one of them.`,
  };
}

function notIstio(trait: string, provider: Provider, other: string): Problem {
  return {
    code: 'trait-conflict',
    written: `the trait \`${other}\` beside \`${trait}\` with ${provider}`,
    allowed: `\`${other}\` with istio: with ${provider} Flagger makes no routes of Istio`,
    fix: `Detach \`${other}\`, or give \`${trait}\` the \`provider\` istio.`,
  };
}
