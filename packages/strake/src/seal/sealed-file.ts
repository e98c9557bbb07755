import type { JsonValue } from '@strake/core';
import * as z from 'zod';
import { encryptionLabel, SEALING_SCOPES, type Sealing } from './sealing.ts';

/** What a data file of sealed values says, as `sealedSecrets()` reads it; that scope judges it. */
export interface SealedFile extends Sealing {
  readonly encryptedData: Readonly<Record<string, string>>;
  /** Fingerprints of the certificates that the values were sealed with, by key. */
  readonly certificates: Readonly<Record<string, string>>;
}

/** A value that was sealed, and with which certificate, where that is known. */
export interface SealedValue {
  readonly value: string;
  readonly fingerprint: string | undefined;
}

const texts = z.record(z.string(), z.string());
const schema = z.object({
  name: z.string(),
  namespace: z.string(),
  scope: z.enum(SEALING_SCOPES),
  encryptedData: texts,
  certificates: texts.default({}),
});

/** The parts of a data file; undefined where it has another form. */
export function readSealedFile(value: JsonValue | undefined): SealedFile | undefined {
  return schema.safeParse(value).data;
}

/** Whether values that stand in the file can go on standing there once it says another sealing. */
export function isSealedFor(file: SealedFile, sealing: Sealing): boolean {
  return file.scope === sealing.scope && encryptionLabel(file) === encryptionLabel(sealing);
}

/**
 * The text of a data file with further values. Comments, and the values that were sealed for the same, stay as they are;
 * a text that is no data file is replaced.
 */
export async function sealedFileText(
  before: string | undefined,
  sealing: Sealing,
  values: ReadonlyMap<string, SealedValue>,
): Promise<string> {
  const { Document, parseDocument } = await import('yaml');
  const parsed = before === undefined ? undefined : parseDocument(before, { logLevel: 'error' });
  const held = parsed?.errors.length === 0 ? readSealedFile(parsed.toJS({ maxAliasCount: 100 })) : undefined;
  const document = held === undefined || parsed === undefined ? new Document({}) : parsed;
  const { name, namespace, scope } = sealing;
  for (const [key, value] of Object.entries({ name, namespace, scope })) {
    if (document.get(key) !== value) document.set(key, value);
  }
  if (held === undefined || !isSealedFor(held, sealing)) {
    document.set('encryptedData', document.createNode({}));
    document.delete('certificates');
  }
  for (const [key, { value, fingerprint }] of values) {
    document.setIn(['encryptedData', key], value);
    if (fingerprint !== undefined) document.setIn(['certificates', key], fingerprint);
    else if (document.hasIn(['certificates', key])) document.deleteIn(['certificates', key]);
  }
  return document.toString({ lineWidth: 0 });
}
