/** RSA keys have 2048 bits at least. */
const LEAST_KEY_BYTES = 256;
const LENGTH_BYTES = 2;
const TAG_BYTES = 16;

/**
 * Whether a text can be a value of a SealedSecret: base64 of the encrypted session key, with its length in two
 * bytes before it, and of AES-GCM's ciphertext and tag after it (sealed-secrets, `pkg/crypto`).
 */
export function isSealedValue(text: string): boolean {
  if (!/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return false;
  const start = atob(text.slice(0, 4));
  const keyBytes = start.charCodeAt(0) * 256 + start.charCodeAt(1);
  return keyBytes >= LEAST_KEY_BYTES && bytesOf(text) >= LENGTH_BYTES + keyBytes + TAG_BYTES;
}

function bytesOf(base64: string): number {
  const padding = base64.length - base64.replace(/=+$/, '').length;
  return (base64.length / 4) * 3 - padding;
}
