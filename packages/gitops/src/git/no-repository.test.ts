import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StrakeError, type Finding } from '@strake/core';
import { beforeEach, expect, test } from 'vitest';
import { gitRemote } from '../../../../test/git-remote.ts';
import { planOf } from '../../../../test/laws/plans.ts';
import { temporary } from '../../../../test/temporary.ts';
import { deliver } from '../deliver/deliver.ts';
import { readLog } from '../log/read-log.ts';

const outer = temporary();
let directory = '';
beforeEach(() => {
  directory = join(outer(), 'project');
  mkdirSync(join(directory, 'gitops', '.strake'), { recursive: true });
});

/** What a delivery and a log say of a path; the same, or it is no equal. */
async function said(repository: string): Promise<readonly Finding[]> {
  const { variables } = gitRemote(outer(), { name: `${Math.random()}.git` });
  const options = { repository, directory, variables };
  const { findings } = await deliver(planOf('cart', { 'staging/cart/map': 'text' }), options);
  const logged = await readLog(options, () => 'go on').catch((error: unknown) => error);
  expect(StrakeError.is(logged) && logged.findings).toEqual(findings);
  return findings;
}

test('a plain folder is called so, by the path that was written, and what to do stands beside it', async () => {
  expect(await said('gitops')).toMatchInlineSnapshot(`
    [
      {
        "allowed": "a Git repository: its URL, or the folder of a bare one",
        "code": "repository-missing",
        "environments": [],
        "fix": "Name the repository by its URL (\`repository.url\`, or --repository). \`git init --bare\` makes an empty one.",
        "path": "gitops",
        "severity": "error",
        "sources": [],
        "written": "a plain folder, and no Git repository",
      },
    ]
  `);
});

test('a path without a folder, a file, and a folder inside a repository are called what they are', async () => {
  mkdirSync(join(directory, 'code', '.git'), { recursive: true });
  mkdirSync(join(directory, 'code', 'gitops'));
  writeFileSync(join(directory, 'notes'), 'text');
  const written = async (path: string) => {
    const findings = await said(path);
    expect(JSON.stringify(findings)).not.toMatch(/file:|\/tmp/);
    return findings.map((each) => `${each.code} ${each.path}: ${each.written}`);
  };
  expect(await written('gitpos')).toEqual(['repository-missing gitpos: there is no such folder']);
  expect(await written('notes')).toEqual(['repository-missing notes: a file, and no repository']);
  expect(await written('code/gitops')).toEqual([
    'repository-missing code/gitops: a folder inside of another Git repository, and none itself',
  ]);
});
