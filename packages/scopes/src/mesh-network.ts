import { addressEnd, podsEnd, type NetworkRule } from './network-rule.ts';

/** How a mesh carries the traffic of pods. */
export type MeshMode = 'sidecar' | 'ambient';

/** Namespace of istiod. */
const CONTROL_PLANE = 'istio-system';

/** Port of istiod from which sidecars get their configuration and certificates (istio.io, Ports used by Istio). */
const ISTIOD = { protocol: 'TCP', port: 15_012 } as const;

/** Port under which ambient pods get all TCP traffic of the mesh (istio.io, Ambient and Kubernetes NetworkPolicy). */
const TUNNEL = { protocol: 'TCP', port: 15_008 } as const;

/** Address from which kubelet's probes reach ambient pods (istio.io, Ambient and Kubernetes NetworkPolicy). */
const AMBIENT_PROBES = '169.254.7.127/32';

/** A rule between pods: in ambient mode its TCP traffic comes through the tunnel, from the same pods. */
export function meshRule(rule: NetworkRule, mode: MeshMode | undefined): NetworkRule {
  const { end, ports } = rule;
  const isTunnelled =
    mode === 'ambient' && end['ipBlock'] === undefined && ports?.some(({ protocol }) => protocol === 'TCP');
  return isTunnelled === true ? { end, ports: [...(ports ?? []), TUNNEL] } : rule;
}

/** What a mesh needs to reach pods, besides their callers. */
export function meshIngress(mode: MeshMode | undefined): NetworkRule[] {
  return mode === 'ambient' ? [{ end: addressEnd(AMBIENT_PROBES) }] : [];
}

/** What pods of a mesh need to reach, besides their callees. */
export function meshEgress(mode: MeshMode | undefined): NetworkRule[] {
  return mode === 'sidecar' ? [{ end: podsEnd({ namespace: CONTROL_PLANE }), ports: [ISTIOD] }] : [];
}
