import { dirname } from 'node:path';
import { type Said, runOn } from '../laws/in-process.ts';
import type { GitServer } from './git-server.ts';

/** Git as nobody in particular, for what `strake deliver` runs. */
export const DELIVERER = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'deliverer',
  GIT_AUTHOR_EMAIL: 'deliverer@localhost',
  GIT_COMMITTER_NAME: 'deliverer',
  GIT_COMMITTER_EMAIL: 'deliverer@localhost',
} as const;

/** Where a project beside the checkout finds its repository. */
export function repositoryOf({ url }: GitServer) {
  return { path: 'checkout', url };
}

/** Runs `strake` in the folder beside the checkout, on a configuration that is made here; it has to succeed. */
export async function strakeBeside(
  repository: GitServer,
  make: () => unknown,
  ...words: readonly string[]
): Promise<Said> {
  const said = await runOn(make, words, dirname(repository.checkout));
  if (said.code === 0) return said;
  throw new Error(`strake ${words.join(' ')}: ${said.err}`, { cause: said.defect });
}
