import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './files.ts';

const STRAKE = join(ROOT, 'packages', 'strake', 'bin', 'strake.js');
const CART = join(ROOT, 'examples', 'cart');

interface Explained {
  readonly objects: readonly {
    readonly environment: string;
    readonly application: string;
    readonly object: string;
    readonly values: readonly {
      readonly path: string;
      readonly value: unknown;
      readonly decidedBy: readonly {
        readonly layer: string;
        readonly definition: string;
        readonly at?: string;
      }[];
      readonly over: readonly { readonly definition: string }[];
    }[];
    readonly delegations: readonly { readonly path: string; readonly to: string }[];
  }[];
  readonly findings: readonly { readonly code: string; readonly severity: string }[];
}

function strake(words: readonly string[], directory = CART) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [STRAKE, 'explain', ...words], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status, stdout, stderr };
}

function explained(words: readonly string[], directory = CART): Explained {
  return JSON.parse(strake([...words, '--json'], directory).stdout);
}

test('explain names the layer, the definition and the line behind a value', () => {
  const { status, stdout, stderr } = strake(['Deployment/web', 'spec.replicas', '--env', 'production']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(
    /^production\/cart Deployment\/web\n {2}trait {2}replicas {2}@strake\/traits {2}cart\/operations\.ts:\d+\n {4}spec\.replicas: 3\n$/,
  );
});

test('a trait in a long attach() is known by its own line', () => {
  const [web] = explained(['Deployment/web', '--env', 'staging']).objects;
  const lines = readFileSync(join(CART, 'cart', 'operations.ts'), 'utf8').split('\n');
  const at = web?.values.find(({ path }) => path === 'spec.replicas')?.decidedBy[0]?.at ?? '';
  expect(lines[Number(at.split(':')[1]) - 1]).toContain('replicas({');
});

test('every value of an object has a writer', () => {
  const [web] = explained(['Deployment/web', '--env', 'production']).objects;
  expect(web?.values.length).toBeGreaterThan(40);
  expect(web?.values.filter(({ decidedBy }) => decidedBy.length === 0)).toEqual([]);
  expect(new Set(web?.values.flatMap(({ decidedBy }) => decidedBy.map(({ layer }) => layer)))).toEqual(
    new Set(['component', 'trait', 'scope']),
  );
});

test('explain suggests the object that was meant, and fails', () => {
  const { status, stderr } = strake(['deployment/wep']);
  expect(status).toBe(2);
  expect(stderr).toContain('Did you mean `Deployment/web`?');
});

test('a path at which nothing stands fails', () => {
  const { status, stderr } = strake(['Deployment/web', 'spec.replica']);
  expect({ status, text: stderr }).toMatchObject({
    status: 2,
    text: expect.stringContaining('nothing stands at `spec.replica`'),
  });
});

test('explain warns where the repository holds other bytes than are rendered now', () => {
  const copy = mkdtempSync(join(ROOT, 'test', 'tmp-explain-'));
  try {
    cpSync(CART, copy, { recursive: true });
    const file = join(copy, 'gitops', 'environments', 'production', 'cart', 'deployment-web.yaml');
    expect(explained(['Deployment/web', '--env', 'production'], copy).findings).toEqual([]);
    writeFileSync(file, readFileSync(file, 'utf8').replace('replicas: 3', 'replicas: 4'));
    expect(explained(['Deployment/web', '--env', 'production'], copy).findings).toMatchObject([
      { code: 'history-outdated', severity: 'warning' },
    ]);
  } finally {
    rmSync(copy, { recursive: true });
  }
});
