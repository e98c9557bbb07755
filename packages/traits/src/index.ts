export { affinity, type AffinityProperties } from './affinity.ts';
export { autoscale, type AutoscaleProperties } from './autoscale.ts';
export type { NodeAffinityProperties, NodePreferenceProperties } from './node-affinity.ts';
export type { NearProperties, PodAffinityProperties, TopologyKeysProperties } from './pod-affinity.ts';
export type { HttpGetProperties, ProbeProperties } from './probe.ts';
export {
  probes,
  type ProbesProperties,
  type ReadinessProbeProperties,
  type RestartProbeProperties,
} from './probes.ts';
export type { Quantity } from './quantity.ts';
export { replicas, type ReplicasProperties } from './replicas.ts';
export { resources, type ResourceListProperties, type ResourcesProperties } from './resources.ts';
export type { ScalingPolicyProperties, ScalingRulesProperties } from './scaling-rules.ts';
export { spread, type SpreadConstraintProperties, type SpreadProperties } from './spread.ts';
export { tolerations, type ToleratedTaintProperties, type TolerationsProperties } from './tolerations.ts';
