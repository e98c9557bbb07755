import { hasEntry } from '../has-entry.ts';
import { httpRuleOf } from '../gateway/http-rule.ts';
import { namespacesOf, parentRefsOf } from '../gateway/parent-ref.ts';
import { makeRoute } from '../gateway/routed.ts';
import { headersSchema } from '../istio/headers.ts';
import type { Provider } from './provider.ts';
import type { Rollout } from './rollout-properties.ts';
import type { Problem, RolloutTarget } from './rollout-target.ts';

/** What `route` says, as a Canary says it for the HTTPRoute that Flagger makes. */
export function gatewayRoutes({ absorbed: { route } }: RolloutTarget) {
  if (route === undefined) return {};
  const {
    timeouts,
    requestHeaderModifier: request,
    responseHeaderModifier: response,
  } = route.rules?.[0] ?? {};
  const headers = { request, response };
  const refs = parentRefsOf(route.parentRefs ?? []).map((ref) => ({ ...ref }));
  return {
    gatewayRefs: refs,
    hosts: route.hostnames,
    portName: route.port,
    timeout: timeouts?.request,
    backendTimeout: timeouts?.backendRequest,
    headers: hasEntry(headers) ? headersSchema.parse(headers) : undefined,
  };
}

/** The namespaces that a `route` brings calls from. */
export function gatewayCallers({ absorbed: { route }, namespace }: RolloutTarget): readonly string[] {
  const callers = namespacesOf(route?.parentRefs ?? [], namespace);
  return callers.length > 0 && route?.controllerNamespace !== undefined
    ? [route.controllerNamespace]
    : callers;
}

/** Makes the HTTPRoute of a `route` where Flagger makes none: it leads to the revision that is promoted. */
export function keepRoute(target: RolloutTarget): void {
  const { absorbed, exposed } = target;
  if (absorbed.route === undefined) return;
  const { rules = [{}], ...given } = absorbed.route;
  makeRoute(target, {
    kind: 'HTTPRoute',
    trait: 'route',
    ...given,
    rules: (port) => rules.map((rule) => httpRuleOf(rule, exposed, port)),
  });
}

/** What of `route` would be lost, and what the Gateway API needs. */
export function gatewayProblems(
  { absorbed: { route } }: RolloutTarget,
  {
    trait,
    provider,
    service,
  }: { readonly trait: string; readonly provider: Provider; readonly service: Rollout['service'] },
): Problem[] {
  if (route === undefined)
    return provider === 'gatewayapi:v1' && service.gatewayRefs === undefined ? [noGateway(trait)] : [];
  if (provider === 'kubernetes') return [];
  if (provider !== 'gatewayapi:v1') return [excluded(trait, `the trait \`route\` with ${provider}`)];
  const [rule = {}, ...more] = route.rules ?? [];
  const lost = Object.keys(rule).filter((name) => !TAKEN.has(name));
  const twice = Object.keys(service).filter((name) => SAID.has(name));
  return [
    ...lost.map((name) => excluded(trait, `\`${name}\` in \`rules\` of \`route\``)),
    ...(more.length > 0 ? [excluded(trait, 'several `rules` of `route`')] : []),
    ...twice.map((name) => excluded(trait, `\`route\` and \`service.${name}\``)),
  ];
}

/** What of a rule a Canary has a place for. */
const TAKEN = new Set(['timeouts', 'requestHeaderModifier', 'responseHeaderModifier']);

const SAID = new Set(['gatewayRefs', 'hosts', 'portName', 'timeout', 'backendTimeout', 'headers']);

function noGateway(trait: string): Problem {
  return {
    code: 'trait-requires',
    written: `the trait \`${trait}\` with gatewayapi:v1 and without a gateway`,
    allowed: 'at least one gateway, without which Flagger makes no HTTPRoute',
    fix: 'Attach `route`, or give `service.gatewayRefs`.',
  };
}

function excluded(trait: string, what: string): Problem {
  return {
    code: 'trait-conflict',
    written: `${what} beside \`${trait}\``,
    allowed: 'with gatewayapi:v1, and what Flagger can write to the HTTPRoute that it makes',
    fix: `Remove it, or detach \`${trait}\`.`,
  };
}
