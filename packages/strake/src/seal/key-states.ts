import type { SealableClaim } from './sealable-project.ts';
import { isSealedFor } from './sealed-file.ts';
import { isWider } from './sealing.ts';

/**
 * What stands under a key of a claim: a value that the cluster can unseal, none, or one that was sealed for something else,
 * for a wider scope than is allowed, or with another certificate.
 */
export type KeyState = 'sealed' | 'missing' | 'stale';

/** The state of every key of a claim, in the claim's order. */
export function keyStates(claim: SealableClaim): ReadonlyMap<string, KeyState> {
  return new Map(claim.keys.map((key) => [key, stateOf(claim, key)]));
}

function stateOf(claim: SealableClaim, key: string): KeyState {
  const { held, certificate } = claim;
  if (held === undefined || !Object.hasOwn(held.encryptedData, key)) return 'missing';
  if (!isUsable(claim)) return 'stale';
  const sealedWith = Object.hasOwn(held.certificates, key) ? held.certificates[key] : undefined;
  const pinned = certificate?.fingerprint;
  return pinned !== undefined && sealedWith !== undefined && sealedWith !== pinned ? 'stale' : 'sealed';
}

/** Whether the values of the claim's file can be unsealed under its name and namespace, and may be sealed as they are. */
export function isUsable({ held, name, namespace, widest }: SealableClaim): boolean {
  return (
    held !== undefined &&
    !isWider(held.scope, widest) &&
    isSealedFor(held, { name, namespace, scope: held.scope })
  );
}
