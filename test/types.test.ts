import { execFileSync, type ExecFileSyncOptions } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './files.ts';

const FOLDER = join(ROOT, 'test', 'tmp-types');

const PRELUDE = `
import { Config, WebService } from '@strake/components';
import { Application, defineOperations, from, Platform } from '@strake/core';
import { network } from '@strake/scopes';
import { replicas } from '@strake/traits';
class Cart extends Application {
  readonly settings = new Config(this, 'settings', { data: {} });
  readonly web = new WebService(this, 'web', { image: 'cart:1', ports: { http: 80 } });
}
const platform = new Platform('acme', { environments: { staging: {}, production: {} } });
void [Cart, platform, defineOperations, from, network, replicas];
`;

/** Programs that must not compile, and what the compiler must say of them. */
const WRONG = {
  'a trait whose capability is missing': {
    code: 'defineOperations(Cart, (cart) => void cart.settings.attach(replicas({ count: 1 })));',
    says: '"scalable"',
  },
  'an unknown property of a trait': {
    code: 'replicas({ count: 1, counts: 2 });',
    says: "'counts' does not exist",
  },
  'an unknown property of a component': {
    code: "new WebService(new Cart(null!, ''), 'api', { image: 'a:1', ports: { http: { port: 80, tls: true } } });",
    says: "'tls' does not exist",
  },
  'an unknown environment name': {
    code: "platform.supply(network(), { environments: ['prodution'] });",
    says: '"prodution"',
  },
  'a component that another application does not have': {
    code: 'void from(Cart).nope;',
    says: "'nope' does not exist",
  },
  'something that is no component of another application': {
    code: 'void from(Cart).environment;',
    says: "'environment' does not exist",
  },
} as const;

beforeAll(() => {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(
    join(FOLDER, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../tsconfig.check.json',
      include: ['*.ts'],
      exclude: [],
      compilerOptions: { rootDir: '../..' },
    }),
  );
  Object.values(WRONG).forEach(({ code }, index) =>
    writeFileSync(join(FOLDER, `wrong-${index}.ts`), `${PRELUDE}${code}\n`),
  );
  writeFileSync(join(FOLDER, 'right.ts'), PRELUDE);
});

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

let said: string | undefined;

/** What the compiler says of all the programs together. */
function compilerSays(): string {
  const options: ExecFileSyncOptions = { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' };
  try {
    said ??= String(execFileSync('npx', ['tsc', '-p', FOLDER, '--pretty', 'false'], options));
  } catch (error) {
    said = String((error as { stdout: unknown }).stdout);
  }
  return said;
}

test.each(Object.entries(WRONG).map(([name, { says }], index) => ({ name, says, index })))(
  'the compiler refuses $name and says $says',
  ({ says, index }) => {
    const about = compilerSays()
      .split(/\n(?=test\/)/)
      .filter((text) => text.includes(`wrong-${index}.ts`));
    expect(about.join('\n')).toContain(says);
  },
);

test('the compiler accepts what all the wrong programs share', () => {
  expect(compilerSays()).not.toContain('right.ts');
});
