import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import * as z from 'zod';
import { tool } from '../tools/kubernetes-tools.ts';

const identity = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

/** One object as it is sent to the API server: the YAML text, and what the address of the request needs. */
export interface SentManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly yaml: string;
  /** What the text says. */
  readonly value: unknown;
}

/** Objects of a folder as the agents read it: what kustomize makes of it, or else each YAML file in it. */
export function manifestsOf(folder: string): SentManifest[] {
  if (existsSync(join(folder, 'kustomization.yaml'))) return manifestsIn(kustomize(folder));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  return files.toSorted().flatMap((name) => manifestsIn(readFileSync(join(folder, name), 'utf8')));
}

/** Objects of one YAML text. */
export function manifestsIn(text: string): SentManifest[] {
  return text.split(/^---(?=\s|$)/m).flatMap((yaml) => {
    const value = valueOf(yaml);
    if (value === null) return [];
    const { apiVersion, kind, metadata } = identity.parse(value);
    return { apiVersion, kind, name: metadata.name, namespace: metadata.namespace, yaml, value };
  });
}

/** Reads past faults: it is the server that judges the text, and its parser takes more than this one does. */
function valueOf(yaml: string): unknown {
  return parseDocument(yaml, { uniqueKeys: false, logLevel: 'silent' }).toJS();
}

/** Folders below that hold YAML files of their own, sorted; a folder that kustomize builds hides those below it. */
export function foldersOfManifests(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.name === 'kustomization.yaml')) return [folder];
  const own = entries.some((entry) => entry.isFile() && entry.name.endsWith('.yaml')) ? [folder] : [];
  if (own.length > 0) return own;
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name))
    .toSorted()
    .flatMap(foldersOfManifests);
}

function kustomize(folder: string): string {
  const kubectl = tool('kubectl');
  if ('missing' in kubectl) throw new Error(kubectl.missing);
  return execFileSync(kubectl.path, ['kustomize', folder], { encoding: 'utf8', maxBuffer: 1024 ** 3 });
}
