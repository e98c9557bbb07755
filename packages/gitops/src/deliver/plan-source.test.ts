import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { gitRemote, type GitRemote } from '../../../../test/git-remote.ts';
import { planOf } from '../../../../test/laws/plans.ts';
import { temporary } from '../../../../test/temporary.ts';
import { deliver } from './deliver.ts';

const LOCK = 'images/staging/cart/kustomization.yaml';
const FACTS = 'environments/staging/payments/strake.facts.json';

const outer = temporary();
let remote: GitRemote;
beforeEach(() => {
  remote = gitRemote(outer());
});

/** Delivers the lock's text as an object, while others commit before each push. */
async function delivered(...commits: readonly Readonly<Record<string, string>>[]) {
  const seen: string[][] = [];
  const waiting = [...commits];
  const planFrom = (folder: string) => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true });
    const paths = files.flatMap((each) => (each.isFile() ? [join(each.parentPath, each.name)] : []));
    seen.push(paths.map((path) => relative(folder, path)).toSorted());
    const text = existsSync(join(folder, LOCK)) ? readFileSync(join(folder, LOCK), 'utf8') : 'nothing';
    return Promise.resolve(planOf('cart', { 'staging/cart/map': text }));
  };
  const onProgress = (step: string) => {
    const commit = step.startsWith('pushing') ? waiting.shift() : undefined;
    if (commit !== undefined) remote.commit(commit);
  };
  const { folder: repository, variables } = remote;
  const result = await deliver({ project: 'cart', planFrom }, { repository, variables, onProgress });
  expect(result.findings).toEqual([]);
  return { seen, text: remote.text('environments/staging/cart/configmap-map.yaml') };
}

test('a plan is made of the locks and the facts of the newest commit, and of nothing else', async () => {
  remote.commit({
    [LOCK]: 'one',
    [FACTS]: '{}',
    'images/README.md': 'x',
    'images/a/b/c/kustomization.yaml': 'x',
  });
  const { seen, text } = await delivered();
  expect(seen).toEqual([[FACTS, LOCK]]);
  expect(text).toContain('one');
});

test('a lock that a bot changes meanwhile is what is delivered', async () => {
  remote.commit({ [LOCK]: 'one' });
  const { seen, text } = await delivered({ [LOCK]: 'two' });
  expect(seen).toHaveLength(2);
  expect(text).toContain('two');
});

test('what others change besides makes no plan again', async () => {
  const { seen, text } = await delivered({ 'README.md': 'theirs' });
  expect(seen).toEqual([[]]);
  expect(text).toContain('nothing');
});
