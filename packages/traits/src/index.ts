export { affinity, type AffinityProperties } from './affinity.ts';
export { annotations, type AnnotationsProperties } from './annotations.ts';
export { autoscale, type AutoscaleProperties } from './autoscale.ts';
export { command, type CommandProperties } from './command.ts';
export { configRollout, type ConfigRolloutProperties } from './config-rollout.ts';
export { containerImage, type ContainerImageProperties } from './container-image.ts';
export {
  containerSecurityContext,
  type ContainerSecurityContextProperties,
} from './container-security-context.ts';
export { disruptionBudget, type DisruptionBudgetProperties } from './disruption-budget.ts';
export { env, type EnvProperties } from './env.ts';
export type { EnvFromProperties } from './env-from.ts';
export type { EnvSourceProperties, EnvValueProperties, KeyReferenceProperties } from './env-value.ts';
export type { ExtraContainerProperties } from './extra-container.ts';
export type { HandlerProperties } from './handler.ts';
export { hostAliases, type HostAliasesProperties } from './host-aliases.ts';
export { imagePullSecrets, type ImagePullSecretsProperties } from './image-pull-secrets.ts';
export { initContainer, type InitContainerProperties } from './init-container.ts';
export { lifecycle, type LifecycleProperties } from './lifecycle.ts';
export { labels, type LabelsProperties } from './metadata-labels.ts';
export type { MetadataTarget } from './metadata-target.ts';
export type { MountProperties } from './mounts.ts';
export type { NodeAffinityProperties, NodePreferenceProperties } from './node-affinity.ts';
export { nodeSelector, type NodeSelectorProperties } from './node-selector.ts';
export type { NearProperties, PodAffinityProperties, TopologyKeysProperties } from './pod-affinity.ts';
export { podSecurityContext, type PodSecurityContextProperties } from './pod-security-context.ts';
export { priority, type PriorityProperties } from './priority.ts';
export type { HttpGetProperties, ProbeProperties } from './probe.ts';
export {
  probes,
  type ProbesProperties,
  type ReadinessProbeProperties,
  type RestartProbeProperties,
} from './probes.ts';
export type { Quantity } from './quantity.ts';
export type { ClusterRuleProperties, PolicyRuleProperties } from './rbac.ts';
export { replicas, type ReplicasProperties } from './replicas.ts';
export { resources, type ResourceListProperties, type ResourcesProperties } from './resources.ts';
export type { ScalingPolicyProperties, ScalingRulesProperties } from './scaling-rules.ts';
export type { CapabilitiesProperties, SecurityContextProperties } from './security-context.ts';
export type { RunAsProperties, SecurityProfileProperties } from './security-profiles.ts';
export { serviceAccount, type ServiceAccountProperties } from './service-account.ts';
export { sidecar, type SidecarProperties } from './sidecar.ts';
export type { SidecarContainerProperties, SidecarPortProperties } from './sidecar-container.ts';
export { spread, type SpreadConstraintProperties, type SpreadProperties } from './spread.ts';
export { storage, type StorageProperties } from './storage.ts';
export { tolerations, type ToleratedTaintProperties, type TolerationsProperties } from './tolerations.ts';
export { updateStrategy, type UpdateStrategyProperties } from './update-strategy.ts';
export type { HostPathProperties, VolumeProperties } from './volume.ts';
export type { ClaimedStorageProperties, KeyFilesProperties } from './volume-source.ts';
