import type { ClusterModel } from '../cluster-model.ts';
import type { Invariant } from '../invariant.ts';
import { mapsAt, numberAt, textAt, valueAt } from '../json-at.ts';

/** In a mesh a port says what it speaks. */
export const meshedPortSaysProtocol: Invariant = {
  name: 'meshed-port-says-protocol',
  summary: 'In a mesh every port of a Service has an `appProtocol`, or a name that begins with a protocol.',
  check(model, report) {
    const meshed = namespacesInMesh(model);
    for (const at of model.of('Service')) {
      if (!meshed.has(at.namespace)) continue;
      for (const port of mapsAt(at.object, 'spec', 'ports')) {
        const name = textAt(port, 'name') ?? '';
        const isTcp = (textAt(port, 'protocol') ?? 'TCP') === 'TCP';
        if (!isTcp || textAt(port, 'appProtocol') !== undefined || NAMED.test(name)) continue;
        report({ at, path: 'spec.ports', written: `\`${name}\` does not say its protocol` });
      }
    }
  },
};

/** Names of protocols in names of ports (istio.io: Protocol Selection). */
const NAMED = /^(?:http|http2|https|grpc|grpc-web|tcp|tls|udp|mongo|mysql|redis)(?:-|$)/;

/** In ambient mode a closed network lets the mesh's tunnel in. */
export const tunnelIsOpen: Invariant = {
  name: 'tunnel-is-open',
  summary: 'In an ambient mesh a policy that lets callers in by TCP lets them in by the tunnel, port 15008.',
  check(model, report) {
    const ambient = namespacesInMesh(model, 'ambient');
    for (const at of model.of('NetworkPolicy')) {
      if (!ambient.has(at.namespace)) continue;
      for (const rule of mapsAt(at.object, 'spec', 'ingress')) {
        const ports = mapsAt(rule, 'ports');
        const isTcp = ports.some((port) => (textAt(port, 'protocol') ?? 'TCP') === 'TCP');
        const isFromPods = mapsAt(rule, 'from').some((from) => valueAt(from, 'ipBlock') === undefined);
        const isOpen = ports.some((port) => numberAt(port, 'port') === TUNNEL);
        if (isTcp && isFromPods && !isOpen)
          report({ at, path: 'spec.ingress.ports', written: 'closes the tunnel of the mesh' });
      }
    }
  },
};

/** Port under which ambient pods get all TCP traffic of the mesh (istio.io: Ambient and Kubernetes NetworkPolicy). */
const TUNNEL = 15_008;

/** What injects sidecars may do so. */
export const sidecarsMayStart: Invariant = {
  name: 'sidecars-may-start',
  summary:
    'A namespace whose pods get sidecars of Istio does not refuse the rights of the container that Istio adds.',
  check(model, report) {
    const injected = namespacesInMesh(model, 'sidecar');
    for (const at of model.of('Namespace')) {
      const { name, labels = {} } = at.object.metadata;
      const level = labels['pod-security.kubernetes.io/enforce'];
      if (!injected.has(name) || level !== 'restricted') continue;
      if (model.given.has('CNI/istio')) continue;
      const written = `\`${level}\` refuses istio-init, which needs NET_ADMIN where Istio has no CNI plugin`;
      report({ at, path: 'metadata.labels', written });
    }
  },
};

/** Namespaces that join a mesh by their labels (istio.io: sidecar injection, ambient mode). */
function namespacesInMesh(model: ClusterModel, mode?: 'sidecar' | 'ambient'): ReadonlySet<string> {
  return new Set(
    model.of('Namespace').flatMap(({ object: { metadata } }) => {
      const { labels = {} } = metadata;
      const isAmbient = labels['istio.io/dataplane-mode'] === 'ambient';
      const isInjected = labels['istio-injection'] === 'enabled' || labels['istio.io/rev'] !== undefined;
      const isWanted =
        mode === undefined ? isAmbient || isInjected : mode === 'ambient' ? isAmbient : isInjected;
      return isWanted ? [metadata.name] : [];
    }),
  );
}
