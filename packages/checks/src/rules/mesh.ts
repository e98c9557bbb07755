import { defineRule, type ObjectPlace } from '@strake/core';
import { mapsAt, numberAt, textAt } from './reading.ts';

interface UntoldPort {
  readonly place: ObjectPlace;
  readonly namespace: string;
  readonly port: string;
}

/** In a mesh every port of a Service says its protocol. */
export const validMeshPortName = defineRule<UntoldPort | { readonly meshed: string }>({
  package: '@strake/checks',
  code: 'valid-mesh-port-name',
  summary: '`appProtocol`, or a name that begins with a protocol such as `http-`, on every port in a mesh',
  why: 'Istio guesses the protocol, and what it takes for TCP gets no retries, no routes and no request metrics.',
  fix: 'Set `appProtocol`, or name the port `http`, `grpc-api`, `tcp-queue` or alike.',
  severity: 'warning',
  *gather(target) {
    for (const { metadata } of target.of('Namespace')) {
      const { labels = {} } = metadata;
      if (
        MESH_LABELS.some(
          ([key, value]) => labels[key] !== undefined && (labels[key] === value || value === '*'),
        )
      )
        yield { meshed: metadata.name };
    }
    for (const kind of MESH_KINDS) {
      for (const { metadata } of target.of(kind)) yield { meshed: metadata.namespace ?? target.namespace };
    }
    for (const object of target.of('Service')) {
      for (const port of mapsAt(object, 'spec', 'ports')) {
        if (saysProtocol(textAt(port, 'name'), textAt(port, 'appProtocol'), textAt(port, 'protocol')))
          continue;
        const namespace = object.metadata.namespace ?? target.namespace;
        const name = textAt(port, 'name') ?? String(numberAt(port, 'port') ?? '?');
        yield { place: target.place(object), namespace, port: name };
      }
    }
  },
  relate({ kept }, report) {
    const meshed = new Set(kept.flatMap((each) => ('meshed' in each ? [each.meshed] : [])));
    for (const each of kept) {
      if ('port' in each && meshed.has(each.namespace))
        report({ at: each.place, written: `the port \`${each.port}\` does not say its protocol` });
    }
  },
});

const MESH_KINDS = ['VirtualService.networking.istio.io', 'DestinationRule.networking.istio.io'];

/** Labels by which a namespace joins a mesh (istio.io: sidecar injection, ambient mode). */
const MESH_LABELS = [
  ['istio-injection', 'enabled'],
  ['istio.io/dataplane-mode', 'ambient'],
  ['istio.io/rev', '*'],
] as const;

/** Names of protocols in names of ports (istio.io: Protocol Selection). */
const NAMED = /^(?:http|http2|https|grpc|grpc-web|tcp|tls|udp|mongo|mysql|redis)(?:-|$)/;

function saysProtocol(name = '', appProtocol?: string, protocol?: string): boolean {
  return appProtocol !== undefined || protocol === 'UDP' || protocol === 'SCTP' || NAMED.test(name);
}
