import { rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { inFolder, put, snapshot } from './folders.ts';
import { printCounts } from './soak.ts';
import { expectFindings, putProject, strake } from './strake.ts';

const MEBIBYTE = 1024 * 1024;

/** Configuration files that do not come to an end as they should, as text. */
const configs: Readonly<Record<string, string>> = {
  'a string that is thrown': `throw 'a string';`,
  'null that is thrown': `throw null;`,
  'undefined that is thrown': `throw undefined;`,
  'an object that is thrown': `throw { code: 'X', message: 'y' };`,
  'an error of many lines': `throw new Error('line\\n'.repeat(100000));`,
  'an error with a stack of its own': `throw Object.assign(new Error('x'), { stack: '    at /packages/core/src/x.ts:1:1' });`,
  'an error that steers a terminal': `throw new Error('\\u001b[2J\\u001b]0;title\\u0007\\u202e');`,
  'a StrakeError of its own': `throw Object.assign(new Error('x'), { name: 'Other' });`,
  'a promise that is rejected': `await Promise.reject(new Error('rejected'));`,
  'a syntax error': `export default {{{;`,
  'a type that is no type': `const a: = 1;`,
  'endless recursion': `const again = (): number => again() + 1; again();`,
  'an import that is missing': `import '@acme/missing';`,
  'no export': `export const config = {};`,
  'an export of null': `export default null;`,
  'an export of a number': `export default 42;`,
  'an export of a function': `export default () => ({});`,
  'an export of a promise of nothing': `export default Promise.resolve();`,
  'an empty file': ``,
  'binary bytes': `\u0000\u0001\ufffd`,
  'one line of 1 MB': `export default { project: '${'x'.repeat(MEBIBYTE)}' };`,
  'an object with a throwing toString': `throw { toString() { throw new Error('no text'); } };`,
  'an object without a prototype': `throw Object.create(null);`,
  'an export that throws on every access': `export default { get project() { throw new Error('getter'); }, applications: {} };`,
  'an error of 1 MB': `throw new Error('m'.repeat(${MEBIBYTE}));`,
  'nested brackets': `export default ${'['.repeat(5000)}${']'.repeat(5000)};`,
};

async function check(config: string): Promise<void> {
  await inFolder(async (outer) => {
    const project = putProject(outer, config);
    const ended = await strake(['synth', '--out', '../repository'], project);
    expectFindings(ended);
    expect(ended.stderr.length).toBeLessThan(3 * MEBIBYTE);
    rmSync(`${project}/node_modules`);
    expect(Object.keys(snapshot(outer))).toEqual(['project', 'project/strake.config.ts']);
  });
}

afterAll(() => {
  printCounts('hostile files', { 'hostile files': Object.keys({ ...configs, ...inputs }).length });
});

test.concurrent.each(Object.entries(configs))(
  'a configuration with %s ends in findings',
  async (_, config) => {
    await check(config);
  },
);

const PROJECT = `
import { SecretClaim } from '@strake/components';
import { Application, defineConfig, Platform } from '@strake/core';
import { sealedSecrets } from '@strake/scopes';
class Cart extends Application { readonly claim = new SecretClaim(this, 'claim', { keys: ['password'] }); }
export default defineConfig({
  project: 'cart',
  applications: { cart: Cart },
  platform: new Platform('acme', { environments: { production: {} } }).supply(sealedSecrets()),
});
`;

const ROUND = Array.from(
  { length: 20 },
  (_, index) => `k${index + 1}: &k${index + 1} [${`*k${index}, `.repeat(9)}1]`,
).join('\n');

/** Data files that somebody may have left there. */
const inputs: Readonly<Record<string, string | Buffer>> = {
  'a bomb of aliases': `k0: &k0 [lol]\n${ROUND}\n`,
  'an alias to itself': 'a: &a\n  b: *a\n',
  'a merge of itself': 'a: &a\n  <<: *a\n',
  'an alias to nothing': 'a: *nothing\n',
  'a number': '42\n',
  'a list': '- a\n- b\n',
  nothing: '',
  'only a comment': '# nothing\n',
  'two documents': 'a: 1\n---\nb: 2\n',
  'a tag': 'a: !!js/function "() => 1"\n',
  'an unknown tag': '!secret a: 1\n',
  'a date and a binary': 'name: 2001-01-01\nscope: !!binary aGVsbG8=\n',
  'a key that is a map': '? {a: 1}\n: 2\n',
  'a prototype': '__proto__:\n  polluted: true\nname: claim\n',
  'bytes that are no text': Buffer.from([0, 255, 254, 253, 10, 0]),
  'more than 1 MiB': `a: ${'x'.repeat(MEBIBYTE)}\n`,
  '1 MB of one text': `name: ${'x'.repeat(MEBIBYTE - 100)}\n`,
  'deep lists': '['.repeat(100_000),
  'deep lists that are closed': `${'['.repeat(5000)}${']'.repeat(5000)}`,
  'deep maps': Array.from({ length: 700 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'),
  '1 MB of keys': Array.from({ length: 60_000 }, (_, index) => `key${index}: ${index}`).join('\n'),
  '1 MB of wrong values': `name: claim\nnamespace: cart\nscope: strict\nencryptedData:\n${Array.from({ length: 50_000 }, (_, index) => `  k${index}: x`).join('\n')}\n`,
  '1 MB of lists': `a: ${'[],'.repeat(10)}\n${'- x\n'.repeat(200_000)}`,
  'what steers a terminal': 'name: "\\e[2J\\u202e"\nname2: 1\n',
};

async function checkInput(text: string | Buffer): Promise<void> {
  await inFolder(async (outer) => {
    const project = putProject(outer, PROJECT);
    put(project, 'sealed/production/cart/claim.yaml', text);
    expectFindings(await strake(['synth', '--out', '../repository'], project));
    expect(Object.keys(snapshot(outer)).filter((path) => path.startsWith('repository'))).toEqual([]);
  });
}

test.concurrent.each(Object.entries(inputs))('a data file with %s ends in findings', async (_, text) => {
  await checkInput(text);
});
