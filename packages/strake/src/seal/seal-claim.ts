import { StrakeError, type JsonValue } from '@strake/core';
import type { Certificate } from './certificate.ts';
import { nameOf } from './chosen-claim.ts';
import { keyStates } from './key-states.ts';
import type { SealableClaim, SealableProject } from './sealable-project.ts';
import { sealValue } from './seal-value.ts';
import { listOf, sealError } from './seal-error.ts';
import { isSealedFor, sealedFileText, type SealedValue } from './sealed-file.ts';
import { encryptionLabel, type Sealing } from './sealing.ts';
import { sealedFileBefore, writeSealedFile } from './write-sealed-file.ts';

/** Seals values, and clears the bytes that they were in. */
export function sealValues(
  values: ReadonlyMap<string, Buffer>,
  sealing: Sealing,
  { publicKey, fingerprint }: Certificate,
): Map<string, SealedValue> {
  const label = encryptionLabel(sealing);
  const sealed = new Map<string, SealedValue>();
  for (const [key, value] of values) {
    sealed.set(key, { value: sealValue(publicKey, label, value), fingerprint });
    value.fill(0);
  }
  return sealed;
}

/** The keys for which something must be sealed before the claim is fulfilled, were the file to say that sealing. */
export function openKeys(claim: SealableClaim, sealing: Sealing): readonly string[] {
  if (claim.held === undefined || !isSealedFor(claim.held, sealing)) return claim.keys;
  const states = keyStates(claim);
  return claim.keys.filter((key) => states.get(key) !== 'sealed');
}

/** Throws where values of the file would be lost, because the file says for all of them what they were sealed for. */
export function checkKept(claim: SealableClaim, sealing: Sealing, sealed: Iterable<string>): void {
  const { held } = claim;
  if (held === undefined || isSealedFor(held, sealing)) return;
  const given = new Set(sealed);
  const lost = claim.keys.filter((key) => Object.hasOwn(held.encryptedData, key) && !given.has(key));
  if (lost.length === 0) return;
  throw sealError({
    code: 'secret-stale',
    path: claim.file,
    written: `${listOf(lost)} was sealed for something else than the new values`,
    allowed: 'values of one file that are all sealed for the same',
    fix: `Seal all of them: \`strake seal ${nameOf(claim)} --env ${claim.environment}\`.`,
  });
}

/** Writes sealed values into the claim's file, once the scope that will read it has nothing against them. */
export async function writeClaim(
  project: SealableProject,
  claim: SealableClaim,
  sealing: Sealing,
  sealed: ReadonlyMap<string, SealedValue>,
): Promise<void> {
  const before = sealedFileBefore(project.directory, claim.file);
  const text = await sealedFileText(before, sealing, sealed);
  const { parse } = await import('yaml');
  const content: JsonValue = parse(text);
  const wrong = project
    .problemsWith(claim, content)
    .filter(({ severity, code }) => severity === 'error' && WRONG_CONTENT.has(code));
  if (wrong.length > 0) throw new StrakeError(wrong);
  writeSealedFile(project.directory, claim.file, text);
}

/** What a scope says of a file's content; that keys are missing is no reason not to write those that are there. */
const WRONG_CONTENT: ReadonlySet<string> = new Set(['input-invalid', 'secret-stale']);
