import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './files.ts';

const FOLDER = join(ROOT, 'test', 'broken-carts');
const STRAKE = join(ROOT, 'packages', 'strake', 'bin', 'strake.js');

const carts = readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'strake.config.ts')));

test.each(carts)('strake says what is wrong with %s, and writes nothing', async (cart) => {
  const out = mkdtempSync(join(tmpdir(), 'strake-broken-'));
  const { status, stdout, stderr } = spawnSync(process.execPath, [STRAKE, 'synth', '--out', out], {
    cwd: join(FOLDER, cart),
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  expect(readdirSync(out)).toEqual([]);
  rmSync(out, { recursive: true });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).not.toMatch(/^\s+at .*[(/]|node:internal|packages\/(core|strake)/m);
  await expect(stderr).toMatchFileSnapshot(join(FOLDER, cart, 'output.txt'));
});

test('there are at least twelve broken carts, each with an output that somebody can read', () => {
  expect(carts.length).toBeGreaterThanOrEqual(12);
});
