export { mesh, type MeshProperties } from './mesh.ts';
export type { MeshMode } from './mesh-network.ts';
export { namespace, type NamespaceProperties } from './namespace.ts';
export { network, type NetworkProperties } from './network.ts';
export type { NetworkDnsProperties } from './network-dns.ts';
export type { NetworkPeerProperties, NetworkPortProperties } from './network-peer.ts';
export type { SealedFile } from './sealed-file.ts';
export { sealedSecrets, type SealedSecretsProperties } from './sealed-secrets.ts';
export type { Sealing, SealingScope } from './sealing.ts';
