import * as z from 'zod';

/** A certificate that is published: whoever answers at the URL, only the one with the fingerprint is taken. */
export interface PublishedCertificate {
  /** An https URL that answers with the certificate in PEM, without a redirect. */
  readonly url: string;
  /** SHA-256 of the certificate: `sha256:` and 64 lower-case hexadecimal digits. */
  readonly fingerprint: string;
}

/** A certificate that is kept beside the code. */
export interface CertificateFile {
  /** A file with the certificate in PEM, relative to the configuration. */
  readonly file: string;
  /**
   * SHA-256 of the certificate: `sha256:` and 64 lower-case hexadecimal digits.
   * @default - whatever certificate is in the file
   */
  readonly fingerprint?: string;
}

/** The certificate of a sealed-secrets controller. */
export type SealingCertificate = PublishedCertificate | CertificateFile;

/** The schema of a certificate's fingerprint. */
export const fingerprintSchema = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, '`sha256:` and 64 lower-case hexadecimal digits');

/** The schema of a certificate of a controller. */
export const certificateSchema = z.union([
  z.strictObject({
    url: z.string().regex(/^https:\/\/[^\s@]+$/, 'an https URL without credentials'),
    fingerprint: fingerprintSchema,
  }),
  z.strictObject({ file: z.string().min(1), fingerprint: fingerprintSchema.optional() }),
]);
