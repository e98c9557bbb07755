import type { FindingInput, JsonValue } from '@strake/core';
import { isManifest, readSealedFile, type SealedFile, type SealedFileProblem } from './sealed-file.ts';
import { isWider, sealingText, type SealingScope } from './sealing.ts';

/** What a data file must fulfil. */
export interface SealedNeed {
  /** Name of the Secret. */
  readonly name: string;
  readonly namespace: string;
  /** Keys of the Secret. */
  readonly keys: readonly string[];
  /** Path of the data file. */
  readonly place: string;
  /** Widest scope that is allowed. */
  readonly widest: SealingScope;
  /** Fingerprint of the certificate that values must have been sealed with; any when undefined. */
  readonly fingerprint: string | undefined;
  /** The command that seals values for it. */
  readonly command: string;
}

type Problem = Omit<FindingInput, 'path' | 'origins'>;

/** A data file that fulfils what is needed, and all that is wrong with it. */
export function checkSealedFile(
  value: JsonValue | undefined,
  need: SealedNeed,
): { readonly file?: SealedFile; readonly problems: readonly Problem[] } {
  if (value === undefined) return { problems: [missingFile(need)] };
  if (isManifest(value)) return { problems: [manifest(need)] };
  const read = readSealedFile(value);
  if (!read.ok) return { problems: read.problems.map((each) => wrongForm(need, each)) };
  const { file } = read;
  const errors = [...checkSealing(file, need), ...checkKeys(file, need)];
  const warnings = [...checkUnclaimed(file, need), ...checkCertificates(file, need)];
  return errors.length > 0 ? { problems: [...errors, ...warnings] } : { file, problems: warnings };
}

function missingFile({ place, keys, command }: SealedNeed): Problem {
  return {
    code: 'secret-unsealed',
    written: `\`${place}\` does not exist`,
    allowed: `sealed values for ${listOf(keys)}`,
    fix: `Run \`${command}\`, and commit the file that it writes.`,
  };
}

function manifest({ place, command }: SealedNeed): Problem {
  return {
    code: 'input-invalid',
    written: `\`${place}\` is a manifest of kind SealedSecret, as kubeseal writes it`,
    allowed: 'a data file, from which the manifest is rendered',
    fix: `Run \`${command} --import ${place}\`, which takes the sealed values over.`,
  };
}

function wrongForm({ place: file, command }: SealedNeed, { place, allowed }: SealedFileProblem): Problem {
  const part = `\`${place}\` of \`${file}\` is missing, unknown or of another form`;
  const written = place === '' ? `\`${file}\` has another form` : part;
  return {
    code: 'input-invalid',
    written,
    allowed,
    fix: `Correct \`${file}\`, or remove it and run \`${command}\`.`,
  };
}

function checkKeys(file: SealedFile, { place, keys, command }: SealedNeed): Problem[] {
  const missing = keys.filter((key) => !Object.hasOwn(file.encryptedData, key));
  if (missing.length === 0) return [];
  return [
    {
      code: 'secret-unsealed',
      written: `\`${place}\` lacks ${listOf(missing)}`,
      allowed: `sealed values for ${listOf(keys)}`,
      fix: `Run \`${command}\`, which asks for what is missing.`,
    },
  ];
}

function checkSealing(file: SealedFile, { place, name, namespace, widest, command }: SealedNeed): Problem[] {
  const scope = isWider(file.scope, widest) ? widest : file.scope;
  const sealed = sealingText(file);
  const allowed = sealingText({ scope, name, namespace });
  if (sealed === allowed) return [];
  return [
    {
      code: 'secret-stale',
      written: `the values of \`${place}\` are sealed ${sealed}`,
      allowed: `values that are sealed ${allowed}`,
      fix: `Seal them again: \`${command}\`.`,
    },
  ];
}

function checkUnclaimed({ encryptedData }: SealedFile, { place, keys }: SealedNeed): Problem[] {
  const unclaimed = Object.keys(encryptedData)
    .filter((key) => !keys.includes(key))
    .toSorted();
  if (unclaimed.length === 0) return [];
  return [
    {
      code: 'secret-unclaimed',
      severity: 'warning',
      written: `\`${place}\` has ${listOf(unclaimed)}, which nobody claims and which the Secret will not have`,
      allowed: listOf(keys),
      fix: `Add ${listOf(unclaimed)} to \`keys\` of the claim, or remove it there.`,
    },
  ];
}

/** Controllers keep their old keys, so that this need not be an error; one of another cluster never had them. */
function checkCertificates(
  { certificates = {} }: SealedFile,
  { place, keys, fingerprint, command }: SealedNeed,
): Problem[] {
  const stale = keys.filter((key) => (certificates[key] ?? fingerprint) !== fingerprint);
  if (fingerprint === undefined || stale.length === 0) return [];
  return [
    {
      code: 'secret-stale',
      severity: 'warning',
      written: `${listOf(stale)} of \`${place}\` is sealed with another certificate`,
      allowed: `values that are sealed with the environment's certificate, \`${fingerprint}\``,
      fix: `Seal again: \`${command}\`.`,
    },
  ];
}

function listOf(keys: readonly string[]): string {
  return keys.map((key) => `\`${key}\``).join(', ');
}
