import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, ROOT } from './files.ts';

/** Who may import whom. Siblings of one layer never do: they meet in the capabilities of core. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  components: ['core'],
  traits: ['core'],
  scopes: ['core'],
  checks: ['core'],
  gitops: ['core'],
  testing: ['core', 'checks'],
  'create-strake': [],
  strake: ['core', 'checks', 'gitops'],
};

/** Packages that are commands, which read and write on the user's behalf. */
const COMMANDS = ['strake', 'create-strake'];

/** The only files of the libraries that touch the disk. */
const TOUCH_THE_DISK = [
  'packages/gitops/src/git/temporary-folder.ts',
  'packages/gitops/src/repository.ts',
  'packages/gitops/src/running-process.ts',
];

const sources = filesBelow('packages').filter(
  (file) => /^packages\/[^/]+\/src\/.*\.ts$/.test(file) && !file.endsWith('.test.ts'),
);

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function importsOf(file: string): string[] {
  return [...textOf(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

function packageOf(file: string): string {
  return file.split('/')[1] ?? '';
}

test('every package stands in the table of who may import whom', () => {
  expect([...new Set(sources.map(packageOf))].toSorted()).toEqual(Object.keys(ALLOWED).toSorted());
});

test.each(Object.entries(ALLOWED))('%s imports only what its layer may', (name, allowed) => {
  const wanted = sources
    .filter((file) => packageOf(file) === name)
    .flatMap((file) => importsOf(file).map((specifier) => /^@strake\/([a-z]+)/.exec(specifier)?.[1]))
    .filter((imported) => imported !== undefined);
  expect([...new Set(wanted)].filter((imported) => !allowed.includes(imported))).toEqual([]);
});

test('package.json and tsconfig.json of a package name exactly the packages that it may import', () => {
  for (const [name, allowed] of Object.entries(ALLOWED)) {
    const manifest = JSON.parse(textOf(`packages/${name}/package.json`));
    const own = Object.keys(manifest.dependencies ?? {}).filter((each) => each.startsWith('@strake/'));
    expect(own.toSorted(), name).toEqual(allowed.map((each) => `@strake/${each}`).toSorted());
    const { references } = JSON.parse(textOf(`packages/${name}/tsconfig.json`));
    expect(references.map(({ path }: { path: string }) => path.replace('../', '')).toSorted(), name).toEqual(
      allowed.toSorted(),
    );
  }
});

test('only the edges touch the disk', () => {
  const touching = sources.filter(
    (file) =>
      !COMMANDS.includes(packageOf(file)) &&
      importsOf(file).some((specifier) => specifier.startsWith('node:fs')),
  );
  expect(touching.filter((file) => !TOUCH_THE_DISK.includes(file))).toEqual([]);
});

test('a place is told by import.meta only beside the entries, where bundles stand too', () => {
  const asking = sources.filter((file) => textOf(file).includes('import.meta'));
  expect(asking.filter((file) => file.split('/').length > 4)).toEqual([]);
});

test('no source file is longer than 250 lines', () => {
  const long = sources.filter(
    (file) => !file.endsWith('.generated.ts') && textOf(file).trimEnd().split('\n').length > 250,
  );
  expect(long).toEqual([]);
});

test('a trait file is under 100 lines and has no cast', () => {
  const traits = sources.filter((file) => packageOf(file) === 'traits' && !file.endsWith('index.ts'));
  expect(traits.filter((file) => textOf(file).trimEnd().split('\n').length >= 100)).toEqual([]);
  expect(traits.filter((file) => / as (?!const\b)[A-Za-z{[]/.test(code(textOf(file))))).toEqual([]);
});

/** The code of a file: comments and imports left out, and strings emptied. */
function code(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*|^(?:import|export) .*$/gm, '')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.|\$(?!\{))*`|`(?:[^`\\]|\\.)*`/g, "''");
}
