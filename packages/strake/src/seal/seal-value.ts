import { constants, createCipheriv, publicEncrypt, randomBytes, type KeyObject } from 'node:crypto';

const SESSION_KEY_BYTES = 32;
/** Each session key encrypts one value, so that one nonce is enough for all of them. */
const NONCE = Buffer.alloc(12);

/**
 * Seals a value so that only the holder of the private key can read it, and only under the same label: base64 of the
 * session key, encrypted by RSA-OAEP with SHA-256, with its length in two bytes before it, and of the value, encrypted
 * by AES-256-GCM, with its tag (sealed-secrets, `pkg/crypto`).
 */
export function sealValue(publicKey: KeyObject, label: string, value: Uint8Array): string {
  const sessionKey = randomBytes(SESSION_KEY_BYTES);
  try {
    const encryptedKey = publicEncrypt(
      {
        key: publicKey,
        padding: constants.RSA_PKCS1_OAEP_PADDING,
        oaepHash: 'sha256',
        oaepLabel: Buffer.from(label),
      },
      sessionKey,
    );
    const length = Buffer.alloc(2);
    length.writeUInt16BE(encryptedKey.length);
    const cipher = createCipheriv('aes-256-gcm', sessionKey, NONCE);
    const encrypted = [cipher.update(value), cipher.final()];
    return Buffer.concat([length, encryptedKey, ...encrypted, cipher.getAuthTag()]).toString('base64');
  } finally {
    sessionKey.fill(0);
  }
}
