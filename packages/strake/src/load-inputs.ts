import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finding, type Config, type Finding, type Inputs, type JsonValue } from '@strake/core';
import { inputFolders } from '@strake/core/tools';

/** Data files of a project, and what is wrong with them. */
export interface LoadedInputs {
  readonly inputs: Inputs;
  readonly findings: readonly Finding[];
}

const MAX_BYTES = 262_144;
const MAX_ALIASES = 100;
const ENDING = /\.ya?ml$/;

/** Reads the data files that the platform's scopes ask for: `<folder>/<environment>/<application>/<name>.yaml`. */
export async function loadInputs(config: Config, directory: string): Promise<LoadedInputs> {
  const inputs = new Map<string, JsonValue>();
  const findings: Finding[] = [];
  for (const file of inputFiles(config, directory)) {
    const value = await readInput(join(directory, file), (written) => findings.push(invalid(file, written)));
    if (value !== undefined) inputs.set(file.replace(ENDING, ''), value);
  }
  return { inputs, findings };
}

function inputFiles({ platform, applications }: Config, directory: string): string[] {
  return inputFolders(platform).flatMap((folder) =>
    (platform?.environments ?? []).flatMap(({ name }) =>
      Object.keys(applications).flatMap((application) => {
        const place = `${folder}/${name}/${application}`;
        if (!existsSync(join(directory, place))) return [];
        const files = readdirSync(join(directory, place)).filter((file) => ENDING.test(file));
        return files.toSorted().map((file) => `${place}/${file}`);
      }),
    ),
  );
}

/** One YAML document. Size and aliases are limited: the file is data, and may come from anybody. */
async function readInput(path: string, report: (written: string) => void): Promise<JsonValue | undefined> {
  const stat = lstatSync(path);
  if (!stat.isFile()) return (report('not a regular file'), undefined);
  if (stat.size > MAX_BYTES) return (report(`${stat.size} bytes long`), undefined);
  const { parseDocument, visit } = await import('yaml');
  // The parser compares every key with every other; one pass with a set is enough.
  const document = parseDocument(readFileSync(path, 'utf8'), {
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const duplicates: string[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        const text = String(key);
        if (seen.has(text)) duplicates.push(text);
        seen.add(text);
      }
    },
  });
  const [wrong] = document.errors;
  if (wrong !== undefined) return (report(`not one YAML document: ${firstLine(wrong.message)}`), undefined);
  if (duplicates.length > 0) return (report('a map with a key that is given twice'), undefined);
  try {
    const value: JsonValue = document.toJS({ maxAliasCount: MAX_ALIASES });
    return value;
  } catch (error) {
    return (
      report(`not readable: ${error instanceof Error ? firstLine(error.message) : 'too many aliases'}`),
      undefined
    );
  }
}

function firstLine(text: string): string {
  return text.slice(0, 500).split('\n', 1)[0] ?? '';
}

function invalid(file: string, written: string): Finding {
  return finding({
    code: 'input-invalid',
    path: file,
    written: `the file is ${written}`,
    allowed: `a regular file with one YAML document of at most ${MAX_BYTES} bytes`,
    fix: 'Correct or remove the file.',
  });
}
