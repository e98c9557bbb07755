import type { JsonObject } from '@strake/core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { filesBelow, ROOT } from '../files.ts';

/** A Kubernetes object of a file in the repository. */
export interface FileObject {
  readonly file: string;
  readonly object: JsonObject & { readonly apiVersion: string; readonly kind: string };
}

/** Files that only tools read, and no cluster. */
const NO_OBJECTS = /kustomization\.yaml$|\/sealed\/|\.github\/|package/;

/** Every object of the examples, of golden files, and of the catalogue. */
export function allObjects(): FileObject[] {
  const files = [...filesBelow('examples'), ...filesBelow('test'), ...filesBelow('packages')];
  return files
    .filter((file) => file.endsWith('.yaml') && !NO_OBJECTS.test(file))
    .filter((file) => /\/gitops\/|golden|schemas\/catalogue/.test(file))
    .flatMap((file) => objectsIn(file));
}

function objectsIn(file: string): FileObject[] {
  return parseAllDocuments(readFileSync(join(ROOT, file), 'utf8')).flatMap((document) => {
    const object = document.toJS();
    return typeof object?.kind === 'string' ? [{ file, object }] : [];
  });
}
