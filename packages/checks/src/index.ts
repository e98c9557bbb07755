export {
  noMissingScaleTarget,
  noReplicasWithHpa,
  uniqueScaleTarget,
  validHpaReplicas,
} from './rules/autoscalers.ts';
export { noBlockingBudget, noMissingBudgetPods, noOverlappingBudget } from './rules/budgets.ts';
export {
  noMissingPodVolumeMount,
  requireContainerPortName,
  requireContainerResources,
  uniqueContainerName,
  uniqueContainerPortName,
} from './rules/containers.ts';
export { noEmptyField } from './rules/empty-fields.ts';
export { requireEnvName, uniqueEnvName } from './rules/env.ts';
export { noMissingGateway, noMissingGatewayClass } from './rules/gateways.ts';
export { noHelmHook } from './rules/helm-hooks.ts';
export {
  banImage,
  requireContainerImage,
  requireImageDigest,
  requireImageTag,
  type BanImageProperties,
} from './rules/images.ts';
export { validMeshPortName } from './rules/mesh.ts';
export {
  missingReferenceRule,
  type MissingReferenceDefinition,
  type NamedReference,
} from './rules/missing-reference.ts';
export {
  banNamespace,
  noMissingNamespace,
  requireNamespace,
  type BanNamespaceProperties,
} from './rules/namespaces.ts';
export {
  noMissingConfigMap,
  noMissingPvc,
  noMissingSecret,
  noMissingServiceAccount,
} from './rules/pod-references.ts';
export { podsOf, type PodContainer, type PodsOfObject } from './rules/pods.ts';
export { requireProbe, validProbePort } from './rules/probes.ts';
export { noBroadBinding, noBroadRole, noMissingRole } from './rules/rbac.ts';
export { recommended } from './rules/recommended.ts';
export { validCronJobSchedule } from './rules/schedules.ts';
export { noPlaintextSecret, noSecretInConfigMap, noSecretInEnv } from './rules/secrets.ts';
export { noHostAccess, requireSecurityContext } from './rules/security.ts';
export { noOverlappingSelector, validPodSelector } from './rules/selectors.ts';
export { noMissingServicePods } from './rules/service-pods.ts';
export { noMissingService } from './rules/service-references.ts';
export {
  banServiceType,
  requireServicePortName,
  requireServiceSelector,
  uniqueServicePortName,
  type BanServiceTypeProperties,
} from './rules/services.ts';
export { noMissingPv } from './rules/storage.ts';
export { strict } from './rules/strict.ts';
export { noFluxSubstitution } from './rules/substitution.ts';
export { uniqueObject } from './rules/unique-object.ts';
