import * as z from 'zod';

/** What a certificate is for (cert-manager.io: KeyUsage). */
export type CertificateUsage = z.output<typeof usageSchema>;

/** The schema of what a certificate is for. */
export const usageSchema = z.enum([
  'signing',
  'digital signature',
  'content commitment',
  'key encipherment',
  'key agreement',
  'data encipherment',
  'cert sign',
  'crl sign',
  'encipher only',
  'decipher only',
  'any',
  'server auth',
  'client auth',
  'code signing',
  'email protection',
  's/mime',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'timestamping',
  'ocsp signing',
  'microsoft sgc',
  'netscape sgc',
]);
