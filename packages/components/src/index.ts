export type {
  AdoptedContainerProperties,
  AdoptedPortProperties,
  AdoptNameProperties,
  AdoptObjectProperties,
  AdoptPodsProperties,
  AdoptProperties,
} from './adopt.ts';
export type { AdoptedServiceProperties, AdoptExposedProperties } from './adopt-service.ts';
export type { AdoptedClaimTemplateProperties, AdoptStatefulProperties } from './adopt-stateful.ts';
export { Config, type ConfigProperties } from './config.ts';
export type { ReadableCapability } from './construct-facets.ts';
export type { ContainerPortProperties, ContainerPortsProperties } from './container-ports.ts';
export type { ContainerProperties } from './container.ts';
export { CronTask, type CronTaskProperties } from './cron-task.ts';
export { Daemon, type DaemonProperties } from './daemon.ts';
export type { EnvSource, EnvValue } from './env.ts';
export {
  ExternalService,
  type ExternalPortProperties,
  type ExternalServiceProperties,
} from './external-service.ts';
export { fromConstruct, type FromConstructProperties } from './from-construct.ts';
export type { JobProperties } from './job.ts';
export { Manifests, type ManifestsProperties } from './manifests.ts';
export type { MountProperties, MountsProperties } from './mounts.ts';
export type { PortProperties, PortsProperties } from './ports.ts';
export { SecretClaim, type SecretClaimProperties } from './secret-claim.ts';
export {
  StatefulService,
  type PodStorageProperties,
  type StatefulServiceProperties,
} from './stateful-service.ts';
export type { AccessMode, StorageProperties } from './storage.ts';
export { Task, type TaskProperties } from './task.ts';
export { VolumeClaim, type VolumeClaimProperties } from './volume-claim.ts';
export { WebService, type WebServiceProperties } from './web-service.ts';
export { Worker, type WorkerProperties } from './worker.ts';
