export {
  externalSecrets,
  type ExternalSecretsProperties,
  type SecretStoreReference,
} from './external-secrets.ts';
export { gateway, type GatewayIssuer, type GatewayProperties, type GatewayReference } from './gateway.ts';
export type { Hardening } from './hardening.ts';
export { health, type HealthProperties } from './health.ts';
export { mesh, type MeshProperties } from './mesh.ts';
export type { MeshMode } from './mesh-network.ts';
export { namespace, type NamespaceProperties } from './namespace.ts';
export { network, type NetworkProperties } from './network.ts';
export type { NetworkDnsProperties } from './network-dns.ts';
export type {
  NetworkCallerProperties,
  NetworkPeerProperties,
  NetworkPortProperties,
} from './network-peer.ts';
export { observability, type ObservabilityProperties } from './observability.ts';
export { ownership, type Owner, type OwnershipProperties } from './ownership.ts';
export { placement, type PlacementPool, type PlacementProperties, type PlacementTaint } from './placement.ts';
export type { Quantity } from './quantity.ts';
export { quota, type QuotaContainerProperties, type QuotaProperties } from './quota.ts';
export { rules, type RulesProperties } from './rules.ts';
export type { SealedFile } from './sealed-file.ts';
export { sealedSecrets, type SealedSecretsProperties } from './sealed-secrets.ts';
export type { Sealing, SealingScope } from './sealing.ts';
export type { CertificateFile, PublishedCertificate, SealingCertificate } from './sealing-certificate.ts';
export { security, type PodSecurityLevel, type SecurityProperties } from './security.ts';
export type { PlacementZones } from './spread-pods.ts';
