export { certificate, type CertificateProperties } from './certificate.ts';
export type { IssuerProperties } from './issuer.ts';
export type { PrivateKeyProperties } from './private-key.ts';
export type { CertificateUsage } from './usage.ts';
