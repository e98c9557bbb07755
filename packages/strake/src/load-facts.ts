import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finding, type Config, type Finding, type PublishedFacts } from '@strake/core';
import { parseFacts } from '@strake/core/tools';
import { ENVIRONMENTS, FACTS_FILE, ownedFiles } from '@strake/gitops';

/** What the repository says of other projects' applications, and what is wrong with it. */
export interface LoadedFacts {
  readonly facts: readonly PublishedFacts[];
  readonly findings: readonly Finding[];
}

const MAX_BYTES = 1_048_576;

/** Reads the facts of all applications in the GitOps repository that are not the project's own, nor were before. */
export function loadFacts({ project, platform, applications }: Config, repository: string): LoadedFacts {
  let own: ReadonlySet<string> | undefined;
  const facts: PublishedFacts[] = [];
  const findings: Finding[] = [];
  for (const { name: environment } of platform?.environments ?? [{ name: 'default' }]) {
    const folder = `${ENVIRONMENTS}/${environment}`;
    for (const application of foldersIn(join(repository, folder))) {
      if (Object.hasOwn(applications, application)) continue;
      const file = `${folder}/${application}/${FACTS_FILE}`;
      if (!existsSync(join(repository, file))) continue;
      own ??= ownedFiles(project, repository);
      if (own.has(file)) continue;
      const read = readFacts(join(repository, file));
      if (read?.application === application) facts.push({ environment, facts: read });
      else findings.push(invalid(file, application));
    }
  }
  return { facts, findings };
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted();
}

function readFacts(path: string) {
  const stat = lstatSync(path);
  if (!stat.isFile() || stat.size > MAX_BYTES) return undefined;
  try {
    return parseFacts(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

function invalid(file: string, application: string): Finding {
  return finding({
    code: 'input-invalid',
    severity: 'warning',
    path: file,
    written: `the file holds no facts of \`${application}\``,
    allowed: `what \`strake synth\` writes there, at most ${MAX_BYTES} bytes`,
    fix: 'Synthesize the project that delivers the application; until then nothing is known of it.',
  });
}
