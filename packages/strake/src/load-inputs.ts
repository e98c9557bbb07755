import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finding, type Config, type Finding, type Inputs, type JsonValue } from '@strake/core';
import { inputFolders } from '@strake/core/tools';

/** Data files of a project, and what is wrong with them. */
export interface LoadedInputs {
  readonly inputs: Inputs;
  readonly findings: readonly Finding[];
}

const MAX_BYTES = 1_048_576;
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
  const { parse } = await import('yaml');
  try {
    const value: JsonValue = parse(readFileSync(path, 'utf8'), { maxAliasCount: MAX_ALIASES });
    return value;
  } catch (error) {
    report(
      `not one YAML document: ${error instanceof Error ? error.message.split('\n', 1)[0] : String(error)}`,
    );
    return undefined;
  }
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
