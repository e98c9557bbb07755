import { defineTrait, Exposed, propertiesOf, type TraitFactory } from '@strake/core';
import { httpRuleOf, httpRulesSchema, type HttpRouteRuleProperties } from './http-rule.ts';
import { routeShape, type RouteProperties } from './route-properties.ts';
import { makeRoute } from './routed.ts';

export interface HttpRouteProperties extends RouteProperties {
  /**
   * What happens to which requests; the most specific of the matches holds.
   * @default - all of them go to the component
   */
  readonly rules?: readonly HttpRouteRuleProperties[];
}

/**
 * Leads HTTP requests from gateways to a component (gateway-api.sigs.k8s.io: HTTPRoute). A gateway ends TLS with a Secret of
 * its own namespace, which is where a `certificate` for it belongs.
 *
 * @example
 * route({ parentRefs: [{ name: 'public', namespace: 'ingress', sectionName: 'https' }], hostnames: ['shop.example.com'] })
 */
export const route: TraitFactory<HttpRouteProperties, 'exposed'> = defineTrait({
  name: 'route',
  package: '@strake/traits',
  summary: 'Leads HTTP requests from gateways to a component.',
  properties: propertiesOf<HttpRouteProperties>()({ ...routeShape, rules: httpRulesSchema.optional() }),
  needs: [Exposed],
  apply(target, { rules = [{}], ...given }) {
    const { exposed } = target;
    makeRoute(target, {
      kind: 'HTTPRoute',
      trait: 'route',
      ...given,
      rules: (port) => rules.map((rule) => httpRuleOf(rule, exposed, port)),
    });
  },
});
