import * as z from 'zod';

/** The key of a certificate (cert-manager.io: CertificatePrivateKey). */
export interface PrivateKeyProperties {
  /** @default 'RSA' */
  readonly algorithm?: 'RSA' | 'ECDSA' | 'Ed25519';
  /**
   * Bits: 2048, 4096 or 8192 of RSA; 256, 384 or 521 of ECDSA; Ed25519 has one size.
   * @default - 2048 of RSA, 256 of ECDSA
   */
  readonly size?: number;
  /** @default 'PKCS1' */
  readonly encoding?: 'PKCS1' | 'PKCS8';
  /**
   * Whether a renewed certificate gets a new key or keeps the one it has.
   * @default 'Always'
   */
  readonly rotationPolicy?: 'Always' | 'Never';
}

const SIZES: Readonly<Record<string, readonly number[]>> = {
  RSA: [2048, 4096, 8192],
  ECDSA: [256, 384, 521],
  Ed25519: [],
};

/** The schema of keys. */
export const privateKeySchema = z
  .strictObject({
    algorithm: z.enum(['RSA', 'ECDSA', 'Ed25519']).optional(),
    size: z.int().optional(),
    encoding: z.enum(['PKCS1', 'PKCS8']).optional(),
    rotationPolicy: z.enum(['Always', 'Never']).optional(),
  })
  .refine(({ algorithm = 'RSA', size }) => size === undefined || SIZES[algorithm]?.includes(size), {
    path: ['size'],
    error: '2048, 4096 or 8192 of RSA; 256, 384 or 521 of ECDSA; nothing of Ed25519',
  });
