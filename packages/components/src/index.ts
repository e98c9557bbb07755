export { Config, type ConfigProperties } from './config.ts';
export type { ContainerProperties, EnvValue } from './container.ts';
export type { PortProperties, PortsProperties } from './ports.ts';
export { SecretClaim, type SecretClaimProperties } from './secret-claim.ts';
export {
  StatefulService,
  type PodStorageProperties,
  type StatefulServiceProperties,
} from './stateful-service.ts';
export type { AccessMode, StorageProperties } from './storage.ts';
export { VolumeClaim, type VolumeClaimProperties } from './volume-claim.ts';
export { WebService, type WebServiceProperties } from './web-service.ts';
export { Worker, type WorkerProperties } from './worker.ts';
