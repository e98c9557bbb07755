import type { ExposedFacet, ObjectWriter, TraitContext } from '@strake/core';
import { fullHost } from './hosts.ts';

/**
 * The writer for the one DestinationRule of a component's Service. Istio takes one for a host, so all traits that have
 * something to say about it write to this one (istio.io: DestinationRule).
 */
export function destinationRule({
  ensure,
  component: { name, labels },
  namespace,
  exposed,
}: TraitContext & { readonly exposed: ExposedFacet }): ObjectWriter {
  return ensure({
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name, labels },
    spec: { host: fullHost(exposed.service.name, namespace) },
  });
}
