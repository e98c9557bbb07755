import type { KubernetesObject } from '@strake/core';
import { missingReferenceRule, type NamedReference } from './missing-reference.ts';
import { mapsAt, textAt, textsAt } from './reading.ts';

const FROM = { package: '@strake/checks', severity: 'warning' } as const;

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'].map(
  (kind) => `${kind}.gateway.networking.k8s.io`,
);

/** Every gateway that a route belongs to is made. */
export const noMissingGateway = missingReferenceRule({
  ...FROM,
  code: 'no-missing-gateway',
  kind: 'Gateway.gateway.networking.k8s.io',
  summary: 'gateways that an application of the cluster makes',
  why: 'The route leads no request anywhere.',
  fix: 'Correct the name or the namespace of the gateway.',
  *references(target) {
    for (const kind of ROUTES) for (const at of target.of(kind)) yield* parentGateways(at);
    for (const at of target.of('VirtualService.networking.istio.io')) {
      for (const gateway of textsAt(at, 'spec', 'gateways')) {
        if (gateway === 'mesh') continue;
        const slash = gateway.indexOf('/');
        const namespace = slash < 0 ? undefined : gateway.slice(0, slash);
        yield { at, name: gateway.slice(slash + 1), namespace, kind: 'Gateway.networking.istio.io' };
      }
    }
  },
});

function* parentGateways(at: KubernetesObject): Generator<NamedReference> {
  for (const parent of mapsAt(at, 'spec', 'parentRefs')) {
    const name = textAt(parent, 'name');
    if (name === undefined || (textAt(parent, 'kind') ?? 'Gateway') !== 'Gateway') continue;
    yield { at, name, namespace: textAt(parent, 'namespace') };
  }
}

/** The class of every gateway is made. */
export const noMissingGatewayClass = missingReferenceRule({
  ...FROM,
  code: 'no-missing-gateway-class',
  kind: 'GatewayClass.gateway.networking.k8s.io',
  summary: 'gateway classes that an application of the cluster makes',
  why: 'No controller takes the gateway up.',
  fix: 'Correct the name of the class.',
  *references(target) {
    for (const at of target.of('Gateway.gateway.networking.k8s.io')) {
      const name = textAt(at, 'spec', 'gatewayClassName');
      if (name !== undefined) yield { at, name };
    }
  },
});
