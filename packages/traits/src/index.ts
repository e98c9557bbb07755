export { affinity, type AffinityProperties } from './affinity.ts';
export { annotations, type AnnotationsProperties } from './annotations.ts';
export { autoscale, type AutoscaleProperties } from './autoscale.ts';
export type { BindingProperties } from './binding.ts';
export { command, type CommandProperties } from './command.ts';
export { configRollout, type ConfigRolloutProperties } from './config-rollout.ts';
export { containerImage, type ContainerImageProperties } from './container-image.ts';
export {
  containerSecurityContext,
  type ContainerSecurityContextProperties,
} from './container-security-context.ts';
export { disruptionBudget, type DisruptionBudgetProperties } from './disruption-budget.ts';
export { dns, type DnsProperties } from './dns.ts';
export { env, type EnvProperties } from './env.ts';
export type { EnvFromProperties } from './env-from.ts';
export type { EnvSourceProperties, EnvValueProperties, KeyReferenceProperties } from './env-value.ts';
export { expose, type ExposeProperties } from './expose.ts';
export type { ExtraContainerProperties } from './extra-container.ts';
export type { HandlerProperties } from './handler.ts';
export { hostAliases, type HostAliasesProperties } from './host-aliases.ts';
export { imagePullSecrets, type ImagePullSecretsProperties } from './image-pull-secrets.ts';
export { ingress, type IngressProperties } from './ingress.ts';
export type { IngressPathProperties } from './ingress-path.ts';
export type { IngressTlsProperties } from './ingress-tls.ts';
export { initContainer, type InitContainerProperties } from './init-container.ts';
export { jsonPatch, type JsonPatchProperties } from './json-patch.ts';
export type { JsonPatchOperationProperties } from './json-patch-operation.ts';
export { lifecycle, type LifecycleProperties } from './lifecycle.ts';
export { linuxNamespaces, type LinuxNamespacesProperties } from './linux-namespaces.ts';
export type { PortProperties } from './listed-ports.ts';
export { mergePatch, type MergePatchProperties } from './merge-patch.ts';
export { labels, type LabelsProperties } from './metadata-labels.ts';
export type { MetadataTarget } from './metadata-target.ts';
export type { MountProperties } from './mounts.ts';
export type { NodeAffinityProperties, NodePreferenceProperties } from './node-affinity.ts';
export { nodeSelector, type NodeSelectorProperties } from './node-selector.ts';
export type { PatchProperties, PatchTargetProperties } from './patch-target.ts';
export type { NearProperties, PodAffinityProperties, TopologyKeysProperties } from './pod-affinity.ts';
export {
  podFailurePolicy,
  type PodFailurePolicyProperties,
  type PodFailureRuleProperties,
} from './pod-failure-policy.ts';
export { podManagement, type PodManagementProperties } from './pod-management.ts';
export { podSecurityContext, type PodSecurityContextProperties } from './pod-security-context.ts';
export { ports, type PortsProperties } from './ports.ts';
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
export { readinessGates, type ReadinessGatesProperties } from './readiness-gates.ts';
export { replicas, type ReplicasProperties } from './replicas.ts';
export { resources, type ResourceListProperties, type ResourcesProperties } from './resources.ts';
export { runtimeClass, type RuntimeClassProperties } from './runtime-class.ts';
export type {
  ExternalMetricProperties,
  MetricProperties,
  ObjectMetricProperties,
  PodsMetricProperties,
  ResourceMetricProperties,
  ScalingMetricProperties,
  ValueProperties,
} from './scaling-metric.ts';
export type { ScalingPolicyProperties, ScalingRulesProperties } from './scaling-rules.ts';
export type { SecretKeyProperties } from './secret-key.ts';
export type { CapabilitiesProperties, SecurityContextProperties } from './security-context.ts';
export type { RunAsProperties, SecurityProfileProperties } from './security-profiles.ts';
export { serviceAccount, type ServiceAccountProperties } from './service-account.ts';
export { serviceBinding, type ServiceBindingProperties } from './service-binding.ts';
export type { ServiceReachProperties } from './service-reach.ts';
export { sidecar, type SidecarProperties } from './sidecar.ts';
export type { SidecarContainerProperties, SidecarPortProperties } from './sidecar-container.ts';
export { spread, type SpreadConstraintProperties, type SpreadProperties } from './spread.ts';
export { storage, type StorageProperties } from './storage.ts';
export { strategicMerge, type StrategicMergeProperties } from './strategic-merge.ts';
export { tolerations, type ToleratedTaintProperties, type TolerationsProperties } from './tolerations.ts';
export { updateStrategy, type UpdateStrategyProperties } from './update-strategy.ts';
export { verticalAutoscale } from './vertical-autoscale.ts';
export type { BoundsProperties, VerticalAutoscaleProperties } from './vertical-autoscale-properties.ts';
export type { HostPathProperties, VolumeProperties } from './volume.ts';
export type { ClaimedStorageProperties, KeyFilesProperties } from './volume-source.ts';
