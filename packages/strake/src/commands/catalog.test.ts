import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebService } from '@strake/components';
import {
  Application,
  defineConfig,
  defineOperations,
  defineScope,
  defineTrait,
  Platform,
} from '@strake/core';
import { Pods, propertiesOf } from '@strake/core';
import { createColors } from 'picocolors';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { ROOT } from '../../../../test/files.ts';
import { runOn } from '../../../../test/laws/in-process.ts';
import { temporary } from '../../../../test/temporary.ts';
import { run } from '../program.ts';

const folder = temporary();

class Hello extends Application {
  readonly web = new WebService(this, 'web', { image: 'nginx:1.27.1', ports: { http: 80 } });
}

const greeting = defineTrait({
  name: 'greeting',
  package: '@acme/hello',
  summary: 'Greets.',
  properties: propertiesOf<{ readonly text: string }>()({
    text: z
      .string()
      .describe('What is said.')
      .refine((text) => text !== '', 'a word'),
  }),
  needs: [Pods],
  apply() {},
});

const closed = defineScope({
  name: 'closed',
  package: '@acme/platform',
  summary: 'Closes.',
  properties: propertiesOf<{}>()({}),
  application() {},
});

const project = () =>
  defineConfig({
    project: 'hello',
    applications: { hello: Hello },
    operations: [defineOperations(Hello, ({ web }) => void web.attach(greeting({ text: 'hi' })))],
    platform: new Platform('acme', { environments: { live: {} } }).supply(closed()),
  });

interface Listed {
  readonly kind: string;
  readonly name: string;
  readonly package: string;
}

/** A project folder that depends on those packages; `@acme/extra` is one of somebody else. */
function projectFolder(...dependencies: readonly string[]): string {
  const at = join(folder(), 'project');
  mkdirSync(join(at, 'node_modules', '@acme', 'extra'), { recursive: true });
  for (const name of ['@strake', 'zod', 'constructs', 'cdk8s'])
    symlinkSync(join(ROOT, 'node_modules', name), join(at, 'node_modules', name));
  const named = Object.fromEntries(dependencies.map((name) => [name, '*']));
  writeFileSync(join(at, 'package.json'), JSON.stringify({ dependencies: named }));
  return at;
}

function writeExtra(at: string, files: Readonly<Record<string, string>>): void {
  const extra = join(at, 'node_modules', '@acme', 'extra');
  const manifest = {
    name: '@acme/extra',
    version: '1.0.0',
    type: 'module',
    exports: { '.': './index.js', './more': './more.js', './package.json': './package.json' },
    peerDependencies: { '@strake/core': '*' },
  };
  writeFileSync(join(extra, 'package.json'), JSON.stringify(manifest));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(extra, name), text);
}

const EXTRA = `
import { Claim, defineComponent, defineTrait, propertiesOf } from '@strake/core';
import * as z from 'zod';
export const turbo = defineTrait({
  name: 'turbo', package: '@acme/extra', summary: 'Goes faster.', needs: [],
  properties: propertiesOf()({ speed: z.int().min(1).max(9).describe('How fast.').default(3) }),
  apply() {},
});
export const notADefinition = { definition: 'of something else' };
export class Lake extends defineComponent({
  name: 'lake', package: '@acme/extra', summary: 'Holds water.', offers: [Claim],
  properties: propertiesOf()({ depth: z.number().optional() }), build: () => ({}),
}) {}
`;

test('says what a trait excludes and why, by the names of code', async () => {
  const said = { out: '', err: '' };
  await run(['catalog', 'blueGreen'], '0.0.0', {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    colors: createColors(false),
    directory: join(ROOT, 'examples', 'cart'),
  });
  expect(said.out).toMatch(
    /^conflicts with +canary \(Flagger takes one Canary for a workload\), abTest \(Flagger takes one/m,
  );
});

test('lists what the cart example can use, with all that is known of it', async () => {
  const said = { out: '', err: '' };
  const code = await run(['catalog', '--json'], '0.0.0', {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    colors: createColors(false),
    directory: join(ROOT, 'examples', 'cart'),
  });
  expect({ code, err: said.err }).toEqual({ code: 0, err: '' });
  const { definitions, findings } = JSON.parse(said.out);
  const count = (kind: string) => definitions.filter((each: Listed) => each.kind === kind).length;
  expect(findings).toEqual([]);
  expect(count('component')).toBeGreaterThanOrEqual(11);
  expect(count('trait')).toBeGreaterThanOrEqual(45);
  const { definitions: shipped } = JSON.parse(
    readFileSync(join(ROOT, 'packages/scopes/catalog.json'), 'utf8'),
  );
  expect(count('scope')).toBe(shipped.length);
  expect(definitions.find(({ name }: Listed) => name === 'replicas')).toMatchObject({
    kind: 'trait',
    package: '@strake/traits',
    import: '@strake/traits',
    summary: 'Sets how many pods a component has.',
    needs: ['scalable'],
    example: { code: 'replicas({ count: 3 })', component: 'WebService' },
    schema: { properties: { count: { description: expect.stringContaining('How many pods') } } },
  });
});

test('lists the definitions of packages of others by what they export, and those of the project itself', async () => {
  const at = projectFolder('@strake/components', '@acme/extra');
  writeExtra(at, { 'index.js': EXTRA, 'more.js': `export { turbo as faster } from './index.js';` });
  const { code, out, err } = await runOn(project, ['catalog', '--json'], at);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { definitions } = JSON.parse(out);
  const others = definitions.filter((each: Listed) => !each.package.startsWith('@strake/'));
  expect(others.map((each: Listed) => `${each.kind} ${each.package} ${each.name}`)).toEqual([
    'component @acme/extra lake',
    'trait @acme/extra turbo',
    'trait @acme/hello greeting',
    'scope @acme/platform closed',
  ]);
  expect(others[0]).toMatchObject({ export: 'Lake', import: '@acme/extra', offers: ['claim'] });
  expect(others[1].schema.properties).toEqual({
    speed: { type: 'integer', minimum: 1, maximum: 9, description: 'How fast.', default: 3 },
  });
  expect(others[2].schema.properties.text.$comment).toBe('a word');
});

test('prints one definition with its properties, found by either of its names', async () => {
  const at = projectFolder('@strake/traits', '@strake/components');
  const { code, out } = await runOn(project, ['catalog', 'disruption-budget'], at);
  expect(code).toBe(0);
  expect(out).toContain("import { disruptionBudget } from '@strake/traits';");
  expect(out).toContain('disruptionBudget({ maxUnavailable: 1 })');
  expect(out).toMatch(/^ {2}minAvailable {2}\S/m);
  expect((await runOn(project, ['catalog', 'DisruptionBudget'], at)).out).toBe(out);
  const own = await runOn(project, ['catalog', 'greeting'], at);
  expect(own.out).toBe(
    [
      'greeting  trait of @acme/hello',
      'Greets.',
      '',
      'needs  pods',
      '',
      'Properties',
      '  text  string, required',
      '    What is said. Must be a word.',
      '',
    ].join('\n'),
  );
});

test('prints a table for people, by kind and module', async () => {
  const at = projectFolder('@strake/components', '@strake/traits');
  const { out } = await runOn(project, ['catalog'], at);
  expect(out).toMatch(/^Components of @strake\/components\n {2}Config +Configuration that is no secret/);
  expect(out).toMatch(/\n\nTraits of @strake\/traits\/istio\n {2}authorization /);
  expect(out).toMatch(/\n\nScopes of @acme\/platform\n {2}closed +Closes\.\n\n\d+ definitions; /);
});

test('a misspelt name is a finding that names the likely one', async () => {
  const at = projectFolder('@strake/traits');
  const { code, out, err } = await runOn(project, ['catalog', 'replcas'], at);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('definition-unknown');
  expect(err).toContain('Did you mean `replicas`?');
});

test('a package that does not load is a warning, and the others are listed', async () => {
  const at = projectFolder('@acme/extra', '@strake/traits');
  writeExtra(at, { 'index.js': EXTRA, 'more.js': `throw new Error('no licence');` });
  const broken = await runOn(project, ['catalog'], at);
  expect(broken.code).toBe(0);
  expect(broken.err).toMatch(/package-unreadable {2}@acme\/extra\/more\n[^]*no licence/);
  expect(broken.out).toContain('turbo');
  writeExtra(at, { 'catalog.json': '{ "definitions": [{ "kind": "gadget" }] }' });
  const wrong = await runOn(project, ['catalog'], at);
  expect(wrong.code).toBe(0);
  expect(wrong.err).toMatch(/package-unreadable {2}@acme\/extra\n[^]*no catalog/);
  expect(wrong.out).toContain('replicas');
});

test('a project whose configuration fails still lists its packages, and fails', async () => {
  const at = projectFolder('@strake/traits');
  const fail = () => {
    throw new Error('not today');
  };
  const { code, out, err } = await runOn(fail, ['catalog'], at);
  expect(code).toBe(2);
  expect(err).toContain('not today');
  expect(out).toContain('replicas');
});
