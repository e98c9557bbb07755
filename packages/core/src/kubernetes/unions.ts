/** Fields of one object of which Kubernetes accepts at most one. */
export interface Union {
  readonly members: readonly string[];
  /** The sibling field that names the member in force, where the API has one. */
  readonly discriminator?: string;
  /**
   * The discriminator's value for each member, in the order of `members`. Other values are legal and select no
   * member at all: `type: Recreate` leaves no place for `rollingUpdate`.
   */
  readonly values?: readonly string[];
}

/**
 * Unions of the built-in types, by `group.Type` as `structure.generated.ts` names them. Kubernetes' merge schema knows
 * a few of them only and spells their discriminator values wrong (`LocalhostProfile` for `Localhost`), so the table
 * follows the text of the API types; the generator checks every field name against the schema.
 */
export const UNIONS: Readonly<Record<string, readonly Union[]>> = {
  // core/v1 types.go: "Cannot be used if value is not empty", "Exactly one of these fields must be set" and so on.
  'core.EnvVar': oneOf('value', 'valueFrom'),
  'core.EnvVarSource': oneOf('configMapKeyRef', 'fieldRef', 'fileKeyRef', 'resourceFieldRef', 'secretKeyRef'),
  'core.EnvFromSource': oneOf('configMapRef', 'secretRef'),
  'core.VolumeMount': oneOf('subPath', 'subPathExpr'),
  'core.PodResourceClaim': oneOf('resourceClaimName', 'resourceClaimTemplateName'),
  'core.DownwardAPIVolumeFile': oneOf('fieldRef', 'resourceFieldRef'),
  // core/v1 VolumeSource, inlined in Volume: "Only one of its members may be specified."
  'core.Volume': oneOf(
    'awsElasticBlockStore',
    'azureDisk',
    'azureFile',
    'cephfs',
    'cinder',
    'configMap',
    'csi',
    'downwardAPI',
    'emptyDir',
    'ephemeral',
    'fc',
    'flexVolume',
    'flocker',
    'gcePersistentDisk',
    'gitRepo',
    'glusterfs',
    'hostPath',
    'image',
    'iscsi',
    'nfs',
    'persistentVolumeClaim',
    'photonPersistentDisk',
    'portworxVolume',
    'projected',
    'quobyte',
    'rbd',
    'scaleIO',
    'secret',
    'storageos',
    'vsphereVolume',
  ),
  // core/v1 VolumeProjection: "Exactly one of these fields must be set."
  'core.VolumeProjection': oneOf(
    'clusterTrustBundle',
    'configMap',
    'downwardAPI',
    'podCertificate',
    'secret',
    'serviceAccountToken',
  ),
  // core/v1 ClusterTrustBundleProjection.name: "Mutually-exclusive with signerName and labelSelector."
  'core.ClusterTrustBundleProjection': [...oneOf('name', 'signerName'), ...oneOf('name', 'labelSelector')],
  // core/v1 PersistentVolumeSource, inlined in the spec: "Exactly one of its members must be set."
  'core.PersistentVolumeSpec': oneOf(
    'awsElasticBlockStore',
    'azureDisk',
    'azureFile',
    'cephfs',
    'cinder',
    'csi',
    'fc',
    'flexVolume',
    'flocker',
    'gcePersistentDisk',
    'glusterfs',
    'hostPath',
    'iscsi',
    'local',
    'nfs',
    'photonPersistentDisk',
    'portworxVolume',
    'quobyte',
    'rbd',
    'scaleIO',
    'storageos',
    'vsphereVolume',
  ),
  // core/v1 ProbeHandler, inlined in Probe, and LifecycleHandler: "One and only one of the fields ... must be specified."
  'core.Probe': oneOf('exec', 'grpc', 'httpGet', 'tcpSocket'),
  'core.LifecycleHandler': oneOf('exec', 'httpGet', 'sleep', 'tcpSocket'),
  // core/v1: localhostProfile "must be set if type is Localhost. Must NOT be set for any other type."
  'core.SeccompProfile': chosenBy('type', { Localhost: 'localhostProfile' }),
  'core.AppArmorProfile': chosenBy('type', { Localhost: 'localhostProfile' }),
  // apps/v1: rollingUpdate is "Present only if type = RollingUpdate" (StatefulSet: "when Type is RollingUpdate").
  'apps.DeploymentStrategy': chosenBy('type', { RollingUpdate: 'rollingUpdate' }),
  'apps.DaemonSetUpdateStrategy': chosenBy('type', { RollingUpdate: 'rollingUpdate' }),
  'apps.StatefulSetUpdateStrategy': chosenBy('type', { RollingUpdate: 'rollingUpdate' }),
  // batch/v1 PodFailurePolicyRule: "One of onExitCodes and onPodConditions, but not both, can be used in each rule."
  'batch.PodFailurePolicyRule': oneOf('onExitCodes', 'onPodConditions'),
  // policy/v1: minAvailable and maxUnavailable are "a mutually exclusive setting".
  'policy.PodDisruptionBudgetSpec': oneOf('maxUnavailable', 'minAvailable'),
  // autoscaling/v2 MetricSpec.type: 'should be one of "ContainerResource", "External", "Object", "Pods" or "Resource",
  // each mapping to a matching field in the object'; MetricTarget.type: "Utilization, Value, or AverageValue".
  'autoscaling.MetricSpec': chosenBy('type', {
    ContainerResource: 'containerResource',
    External: 'external',
    Object: 'object',
    Pods: 'pods',
    Resource: 'resource',
  }),
  'autoscaling.MetricTarget': chosenBy('type', {
    AverageValue: 'averageValue',
    Utilization: 'averageUtilization',
    Value: 'value',
  }),
  // networking/v1: "This is a mutually exclusive setting with ..."; ipBlock: "neither of the other fields can be" set.
  'networking.IngressBackend': oneOf('resource', 'service'),
  'networking.ServiceBackendPort': oneOf('name', 'number'),
  'networking.NetworkPolicyPeer': [
    ...oneOf('ipBlock', 'namespaceSelector'),
    ...oneOf('ipBlock', 'podSelector'),
  ],
  // admissionregistration/v1: "Exactly one of url or service"; name and selector "are mutually exclusive properties".
  'admissionregistration.WebhookClientConfig': oneOf('service', 'url'),
  'admissionregistration.ParamRef': oneOf('name', 'selector'),
  'admissionregistration.Mutation': chosenBy('patchType', {
    ApplyConfiguration: 'applyConfiguration',
    JSONPatch: 'jsonPatch',
  }),
  // flowcontrol/v1: exempt, limited, queuing and the subjects "must be specified only if" the type or kind says so.
  'flowcontrol.LimitResponse': chosenBy('type', { Queue: 'queuing' }),
  'flowcontrol.PriorityLevelConfigurationSpec': chosenBy('type', { Exempt: 'exempt', Limited: 'limited' }),
  'flowcontrol.Subject': chosenBy('kind', { Group: 'group', ServiceAccount: 'serviceAccount', User: 'user' }),
  // resource/v1 DeviceRequest: "One of Exactly or FirstAvailable must be set."
  'resource.DeviceRequest': oneOf('exactly', 'firstAvailable'),
  // scheduling/v1alpha2 PodGroupSchedulingPolicy: "Exactly one policy must be set."
  'scheduling.PodGroupSchedulingPolicy': oneOf('basic', 'gang'),
};

function oneOf(...members: string[]): readonly Union[] {
  return [{ members }];
}

function chosenBy(discriminator: string, memberOf: Readonly<Record<string, string>>): readonly Union[] {
  return [{ members: Object.values(memberOf), discriminator, values: Object.keys(memberOf) }];
}
