import { defineTrait, Exposed, propertiesOf, type TraitFactory } from '@strake/core';
import { grpcRuleOf, grpcRulesSchema, type GrpcRouteRuleProperties } from './grpc-rule.ts';
import { routeShape, type RouteProperties } from './route-properties.ts';
import { makeRoute } from './routed.ts';

export interface GrpcRouteProperties extends RouteProperties {
  /**
   * Name of the port that calls go to.
   * @default - the first that is named `grpc`, else as of a `route`
   */
  readonly port?: string;
  /**
   * What happens to which calls; the most specific of the matches holds.
   * @default - all of them go to the component
   */
  readonly rules?: readonly GrpcRouteRuleProperties[];
}

/**
 * Leads gRPC calls from gateways to a component (gateway-api.sigs.k8s.io: GRPCRoute). Its port is best named `grpc`: by that,
 * gateways know to speak HTTP/2 to it.
 *
 * @example
 * grpcRoute({ parentRefs: [{ name: 'public', namespace: 'ingress' }], hostnames: ['api.example.com'] })
 */
export const grpcRoute: TraitFactory<GrpcRouteProperties, 'exposed'> = defineTrait({
  name: 'grpc-route',
  package: '@strake/traits',
  summary: 'Leads gRPC calls from gateways to a component.',
  properties: propertiesOf<GrpcRouteProperties>()({ ...routeShape, rules: grpcRulesSchema.optional() }),
  needs: [Exposed],
  apply(target, { rules = [{}], ...given }) {
    const { exposed } = target;
    makeRoute(target, {
      kind: 'GRPCRoute',
      trait: 'grpcRoute',
      ...given,
      port: given.port ?? exposed.ports.find(({ name }) => name.split('-', 1)[0] === 'grpc')?.name,
      rules: (port) => rules.map((rule) => grpcRuleOf(rule, exposed, port)),
    });
  },
});
