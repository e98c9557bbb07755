import { execFileSync } from 'node:child_process';
import { beforeEach, expect, test } from 'vitest';
import { gitRemote, type GitRemote } from '../../../../test/git-remote.ts';
import { temporary } from '../../../../test/temporary.ts';
import { readLog } from './read-log.ts';

const outer = temporary();
let remote: GitRemote;
beforeEach(() => {
  remote = gitRemote(outer(), { isEmpty: true });
});

const STAGING = 'environments/staging/cart/configmap-map.yaml';

/** Commits one file, at a day of November 2026, on top of other commits. */
function commit(day: number, text: string, ...parents: readonly string[]): string {
  const blob = execFileSync('git', ['-C', remote.folder, 'hash-object', '-w', '--stdin'], {
    input: text,
    encoding: 'utf8',
  }).trim();
  const tree = ['environments', 'staging', 'cart', 'configmap-map.yaml'].reduceRight(
    (id, name) =>
      execFileSync('git', ['-C', remote.folder, 'mktree'], {
        input: name.endsWith('.yaml') ? `100644 blob ${id}\t${name}\n` : `040000 tree ${id}\t${name}\n`,
        encoding: 'utf8',
      }).trim(),
    blob,
  );
  const date = `2026-11-${String(day).padStart(2, '0')}T12:00:00Z`;
  const words = [
    '-C',
    remote.folder,
    'commit-tree',
    tree,
    '-m',
    text,
    ...parents.flatMap((id) => ['-p', id]),
  ];
  const env = { ...remote.variables, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date };
  return execFileSync('git', words, { env, encoding: 'utf8' }).trim();
}

async function messages(since?: string): Promise<string[]> {
  const told: string[] = [];
  const options = { repository: remote.folder, variables: remote.variables };
  await readLog({ ...options, ...(since && { since: Date.parse(since) }) }, ({ message, files }) => {
    expect(files.map(({ path }) => path)).toEqual([STAGING]);
    told.push(message.trim());
    return 'go on';
  });
  return told;
}

test('a commit counts from the day on which it came into the branch', async () => {
  const first = commit(1, 'first');
  const second = commit(5, 'second', first);
  const proposed = commit(3, 'proposed', first);
  const merge = commit(9, 'proposed', second, proposed);
  const last = commit(12, 'last', merge);
  remote.git('update-ref', 'refs/heads/main', last);
  expect(await messages()).toEqual(['last', 'proposed', 'second', 'first']);
  expect(await messages('2026-11-08')).toEqual(['last', 'proposed']);
  expect(await messages('2026-11-10')).toEqual(['last']);
  expect(await messages('2026-11-30')).toEqual([]);
});
