import { isJsonObject, type JsonValue } from '@strake/core';
import * as z from 'zod';
import { isSealedValue } from './sealed-value.ts';
import { fingerprintSchema } from './sealing-certificate.ts';
import { SEALING_SCOPES, type Sealing } from './sealing.ts';

/**
 * A data file of `sealedSecrets()`: `sealed/<environment>/<application>/<claim>.yaml`. It says what its values were
 * sealed for, because a ciphertext does not show it.
 */
export interface SealedFile extends Sealing {
  /** Sealed values in base64, by key of the Secret. */
  readonly encryptedData: Readonly<Record<string, string>>;
  /** Fingerprints of the certificates that the values were sealed with, by key, as far as that is known. */
  readonly certificates?: Readonly<Record<string, string>>;
}

/** A part of a data file that has another form than it must have. The part itself may be a secret: it is not quoted. */
export interface SealedFileProblem {
  /** Where it stands; empty for the whole file. */
  readonly place: string;
  readonly allowed: string;
}

export type ReadSealedFile =
  | { readonly ok: true; readonly file: SealedFile }
  | { readonly ok: false; readonly problems: readonly SealedFileProblem[] };

const keySchema = z.string().regex(/^[-._a-zA-Z0-9]{1,253}$/);

const schema = z.strictObject({
  name: z.string().min(1),
  namespace: z.string().min(1),
  scope: z.enum(SEALING_SCOPES),
  encryptedData: z.record(keySchema, z.string().refine(isSealedValue)).readonly(),
  certificates: z.record(keySchema, fingerprintSchema).readonly().optional(),
});

/** Whether the file is what kubeseal writes: a manifest for the cluster, with the values further inside. */
export function isManifest(value: JsonValue): boolean {
  return isJsonObject(value) && value['kind'] === 'SealedSecret' && isJsonObject(value['spec']);
}

/** Reads a data file. All problems come at once. */
export function readSealedFile(value: JsonValue): ReadSealedFile {
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, file: result.data };
  return { ok: false, problems: result.error.issues.flatMap(problemsOf) };
}

function problemsOf(issue: z.core.$ZodIssue): SealedFileProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((place) => ({ place, allowed: ALLOWED.file }));
  }
  const place = issue.path.map(String).join('.');
  if (issue.code === 'invalid_key') return [{ place, allowed: ALLOWED.key }];
  const [part] = issue.path;
  switch (part) {
    case undefined:
      return [{ place, allowed: ALLOWED.file }];
    case 'scope':
      return [{ place, allowed: SEALING_SCOPES.map((each) => `\`${each}\``).join(' or ') }];
    case 'encryptedData':
      return [{ place, allowed: issue.path.length === 1 ? ALLOWED.values : ALLOWED.value }];
    case 'certificates':
      return [{ place, allowed: ALLOWED.fingerprint }];
    default:
      return [{ place, allowed: ALLOWED.name }];
  }
}

const ALLOWED = {
  file: 'a map with `name`, `namespace`, `scope` and `encryptedData`, and with `certificates` or without',
  name: 'a text',
  key: 'a key of letters, digits, `-`, `_` and `.`',
  values: 'a map of sealed values',
  fingerprint: 'fingerprints of certificates by key: `sha256:` and 64 lower-case hexadecimal digits',
  value: 'base64 of a value that was sealed with the certificate of the cluster',
} as const;
