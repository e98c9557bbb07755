import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finding, type Finding, type JsonValue } from '@strake/core';

/** CustomResourceDefinitions of a project, and what is wrong with their files. */
export interface LoadedCrds {
  readonly crds: readonly JsonValue[];
  readonly findings: readonly Finding[];
}

const MAX_BYTES = 16 * 1024 * 1024;
const MAX_ALIASES = 100;
const ENDING = /\.(ya?ml|json)$/;

/** Reads the files, and the folders' files, that the configuration names. */
export async function loadCrds(paths: readonly string[], directory: string): Promise<LoadedCrds> {
  const crds: JsonValue[] = [];
  const findings: Finding[] = [];
  for (const file of paths.flatMap((path) => filesAt(path, directory))) {
    const read = await readDocuments(join(directory, file));
    if (typeof read === 'string') findings.push(invalid(file, read));
    else crds.push(...read);
  }
  return { crds, findings };
}

function filesAt(path: string, directory: string): string[] {
  const absolute = join(directory, path);
  if (!existsSync(absolute) || !lstatSync(absolute).isDirectory()) return [path];
  return readdirSync(absolute)
    .filter((file) => ENDING.test(file))
    .toSorted()
    .map((file) => `${path.replace(/\/$/, '')}/${file}`);
}

/** The documents of a file, or what the file is instead. */
async function readDocuments(path: string): Promise<JsonValue[] | string> {
  if (!existsSync(path)) return 'missing';
  const stat = lstatSync(path);
  if (!stat.isFile()) return 'not a regular file';
  if (stat.size > MAX_BYTES) return `${stat.size} bytes long`;
  const { parseAllDocuments } = await import('yaml');
  const documents = parseAllDocuments(readFileSync(path, 'utf8'), {
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const [wrong] = 'empty' in documents ? [] : documents.flatMap(({ errors }) => errors);
  if (wrong !== undefined) return `not YAML: ${wrong.message.split('\n', 1)[0]}`;
  try {
    return [...documents].map((document): JsonValue => document.toJS({ maxAliasCount: MAX_ALIASES }));
  } catch {
    return 'YAML with too many aliases';
  }
}

function invalid(file: string, written: string): Finding {
  return finding({
    code: 'input-invalid',
    path: file,
    written: `the file is ${written}`,
    allowed: `YAML or JSON with CustomResourceDefinitions, at most ${MAX_BYTES} bytes`,
    fix: 'Correct the file, or `schemas.crds` of the configuration.',
  });
}
