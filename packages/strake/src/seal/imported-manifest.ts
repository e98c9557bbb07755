import { readFileSync, statSync } from 'node:fs';
import * as z from 'zod';
import { shownPath } from '../shown-path.ts';
import { sealError } from './seal-error.ts';
import type { Sealing, SealingScope } from './sealing.ts';
import { MOST_FILE_BYTES } from './write-sealed-file.ts';

/** Values that kubeseal sealed, and for what. */
export interface ImportedManifest {
  readonly sealing: Sealing;
  readonly encryptedData: Readonly<Record<string, string>>;
}

const annotationsSchema = z.record(z.string(), z.string()).default({});

const schema = z.object({
  apiVersion: z.literal('bitnami.com/v1alpha1'),
  kind: z.literal('SealedSecret'),
  metadata: z.object({ name: z.string(), namespace: z.string(), annotations: annotationsSchema }),
  spec: z.object({
    encryptedData: z.record(z.string(), z.string()),
    data: z.undefined().optional(),
    template: z
      .object({
        data: z.null().optional(),
        type: z.literal(['Opaque', '']).nullable().optional(),
        immutable: z.literal(false).nullable().optional(),
      })
      .nullable()
      .optional(),
  }),
});

/** Reads a SealedSecret, in YAML or JSON, as kubeseal writes it. Nothing of it is quoted. */
export async function importedManifest(path: string, directory: string): Promise<ImportedManifest> {
  const shown = shownPath(path, directory);
  const { parse } = await import('yaml');
  let value: unknown;
  try {
    if (statSync(path).size > MOST_FILE_BYTES) throw new RangeError('too long');
    value = parse(readFileSync(path, 'utf8'), { maxAliasCount: 0, logLevel: 'silent' });
  } catch {
    throw wrong(shown, `the file is missing, longer than ${MOST_FILE_BYTES} bytes, or not one YAML document`);
  }
  const read = schema.safeParse(value);
  if (!read.success) {
    const places = read.error.issues.map((issue) => `\`${issue.path.slice(0, 3).join('.')}\``);
    throw wrong(shown, `${[...new Set(places)].join(', ')} is missing, or of another form`);
  }
  const { metadata, spec } = read.data;
  const { name, namespace, annotations } = metadata;
  return {
    sealing: { name, namespace, scope: scopeOf(annotations) },
    encryptedData: spec.encryptedData,
  };
}

/** As the controller chooses it. */
function scopeOf(annotations: Readonly<Record<string, string>>): SealingScope {
  const wide = (['cluster-wide', 'namespace-wide'] as const).find(
    (scope) => annotations[`sealedsecrets.bitnami.com/${scope}`] === 'true',
  );
  return wide ?? 'strict';
}

function wrong(path: string, written: string) {
  return sealError({
    code: 'input-invalid',
    path,
    written,
    allowed: 'one SealedSecret with `encryptedData`, whose template says neither data nor another type',
    fix: 'Name the file that kubeseal has written.',
  });
}
