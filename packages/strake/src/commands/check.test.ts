import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config, Manifests, SecretClaim, WebService, Worker } from '@strake/components';
import { Application, defineConfig, Platform, type ApplicationClass, type Waiver } from '@strake/core';
import { rules, sealedSecrets } from '@strake/scopes';
import { expect, test } from 'vitest';
import { runOn, type Said } from '../../../../test/laws/in-process.ts';
import { temporary } from '../../../../test/temporary.ts';

const folder = temporary();
const platform = new Platform('acme', { environments: { staging: {}, production: {} } });

interface Checked {
  readonly cart: ApplicationClass;
  readonly on?: Platform;
}

function strake({ cart, on = platform }: Checked, ...words: readonly string[]): Promise<Said> {
  return runOn(
    () => defineConfig({ project: 'cart', applications: { cart }, platform: on }),
    words,
    folder(),
  );
}

/** What each finding begins with. */
function heads({ out }: Said): string[] {
  return out.split('\n').filter((line) => /^(?:error|warning) {2}/.test(line));
}

class Misspelt extends Application {
  // @ts-expect-error the property is `image`
  readonly web = new WebService(this, 'web', { imge: 'cart:1', ports: { http: 80 } });
}

class Claiming extends Application {
  readonly login = new SecretClaim(this, 'login', { keys: ['password'] });
  readonly web = new WebService(this, 'web', {
    image: 'cart:1',
    ports: { http: 80 },
    env: { PASSWORD: this.login.key('password') },
  });
}

class Plain extends Application {
  readonly legacy = new Manifests(this, 'legacy', {
    objects: [
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'legacy' },
        stringData: { password: 'correct horse' },
      },
    ],
  });
}

const waive = (more: Partial<Waiver> = {}) =>
  platform.supply(
    rules({
      waive: [
        {
          rule: 'secret-plaintext',
          object: 'Secret/legacy',
          reason: 'moves in May',
          until: '2999-12-31',
          ...more,
        },
      ],
    }),
  );

test('findings are what `check` is asked for: they stand on stdout, and nothing stands beside them', async () => {
  const said = await strake({ cart: Misspelt }, 'check');
  expect(said).toMatchObject({ code: 2, err: '' });
  expect(said.out).toMatch(/^error {2}property-unknown[\s\S]*\n1 error\n$/);
});

class Unsettled extends Application {
  // @ts-expect-error data is a map of texts
  readonly settings = new Config(this, 'settings', { data: { PORT: 8080 } });
  readonly web = new WebService(this, 'web', {
    image: 'cart:1',
    ports: { http: 80 },
    env: { PORT: this.settings.key('PORT') },
    envFrom: [this.settings],
    mounts: { '/etc/cart': this.settings },
  });
  readonly mailer = new Worker(this, 'mailer', {
    image: 'cart:1',
    envFrom: ['settings', 'setings'].map((name) => ({ envFrom: { configMapRef: { name } } })),
  });
}

test('what a component with wrong properties would have made is not missed a second time', async () => {
  const said = await strake({ cart: Unsettled }, 'check');
  expect(heads(said)).toEqual([
    'warning  rule/no-missing-config-map  cart/mailer (staging, production)',
    'error  property-invalid  cart/settings (staging, production)',
  ]);
  expect(said.out).toContain('ConfigMap `setings` is not in namespace `cart`');
});

test('a name on the command line that nothing has is a fault of that option, and not of the configuration', async () => {
  const said = await strake({ cart: Claiming }, 'check', '--env', 'stagin', '--app', 'crt');
  expect(heads(said)).toEqual(['error  application-unknown  --app', 'error  environment-unknown  --env']);
  const sealed = await strake({ cart: Claiming }, 'seal', 'cart/login', '--env', 'stagin');
  expect(sealed.err).toMatch(/^error {2}environment-unknown {2}--env\n[\s\S]*`staging`\?\n\n1 error\n/);
});

test('with --json the findings are one JSON document on stdout', async () => {
  const said = await strake({ cart: Misspelt }, 'check', '--json');
  expect(said).toMatchObject({ code: 2, err: '' });
  expect(JSON.parse(said.out)).toMatchObject({ findings: [{ code: 'property-unknown' }], waived: [] });
});

test('the findings of a synth stay on stderr, so that --stdout prints YAML alone', async () => {
  const said = await strake({ cart: Misspelt }, 'synth', '--stdout');
  expect(said).toMatchObject({ code: 2, out: '' });
  expect(said.err).toMatch(/^error {2}property-unknown/);
});

test('a misspelt property is one finding for all environments, named as the platform declares them', async () => {
  const said = await strake({ cart: Misspelt }, 'check');
  expect(heads(said)).toEqual(['error  property-unknown  cart/web (staging, production)']);
  expect(said.out).toContain('next     Did you mean `image`?');
});

test('a misspelt property of the configuration is named with the one that was likely meant', async () => {
  const said = await runOn(
    () => ({ project: 'cart', applications: {}, platfrom: platform, repository: { brunch: 'main' } }),
    ['check', '--json'],
    folder(),
  );
  expect(JSON.parse(said.out).findings).toMatchObject([
    { code: 'config-invalid', fix: 'Did you mean `platform`?' },
    { code: 'config-invalid', fix: 'Did you mean `branch`?' },
  ]);
});

test('findings of single environments stand in the order in which the platform declares them', async () => {
  const said = await strake({ cart: Claiming, on: platform.supply(sealedSecrets()) }, 'check');
  expect(heads(said)).toEqual([
    'error  secret-unsealed  cart/login (staging)',
    'error  secret-unsealed  cart/login (production)',
  ]);
});

test('a claim that nobody supplies is one finding, and no reference to a missing Secret beside it', async () => {
  expect(heads(await strake({ cart: Claiming }, 'check'))).toEqual([
    'error  claim-unsupplied  cart/login (staging, production)',
  ]);
});

test('a Secret in plain text is refused with the waiver that would permit it, and never shown', async () => {
  const said = await strake({ cart: Plain }, 'check');
  expect(heads(said)).toEqual(['error  secret-plaintext  cart/legacy (staging, production)']);
  expect(said.out).toContain(
    "waive    { rule: 'secret-plaintext', application: 'cart', object: 'Secret/legacy', reason: '...', until: 'YYYY-MM-DD' }",
  );
  expect(said.out).not.toContain('correct horse');
});

test('a waiver permits a Secret in plain text, and `check` names it with its reason', async () => {
  const said = await strake({ cart: Plain, on: waive() }, 'check');
  expect(said).toMatchObject({ code: 0, err: '' });
  expect(said.out).toBe(
    'waived  secret-plaintext  cart Secret/legacy (staging, production)  until 2999-12-31: moves in May\n' +
      'no findings in 2 objects, 2 waived\n',
  );
  const { out } = await strake({ cart: Plain, on: waive() }, 'check', '--json');
  expect(JSON.parse(out)).toMatchObject({
    findings: [],
    waived: [
      { rule: 'secret-plaintext', environment: 'staging', object: 'Secret/legacy', reason: 'moves in May' },
      { rule: 'secret-plaintext', environment: 'production' },
    ],
  });
});

test('a waiver permits a Secret in plain text only where it says, and until its last day', async () => {
  expect(heads(await strake({ cart: Plain, on: waive({ environment: 'staging' }) }, 'check'))).toEqual([
    'error  secret-plaintext  cart/legacy (production)',
  ]);
  expect(heads(await strake({ cart: Plain, on: waive({ object: 'Secret/other' }) }, 'check'))).toEqual([
    'error  secret-plaintext  cart/legacy (staging, production)',
    'warning  waiver-unused  rules',
  ]);
  expect(heads(await strake({ cart: Plain, on: waive({ until: '2020-01-01' }) }, 'check'))).toEqual([
    'error  secret-plaintext  cart/legacy (staging, production)',
    'warning  waiver-expired  rules',
  ]);
});

test('without checks nobody judges waivers, and a Secret in plain text is refused', async () => {
  expect(await strake({ cart: Plain, on: waive() }, 'synth', '--no-check')).toMatchObject({ code: 2 });
  expect(await strake({ cart: Plain, on: waive() }, 'synth')).toMatchObject({ code: 0 });
});

test('every command prints environments as the platform declares them', async () => {
  const { out } = await strake({ cart: Plain, on: waive() }, 'synth', '--dry-run');
  expect(out.split('\n').map((line) => line.split(/ +/)[0])).toEqual(
    expect.arrayContaining(['staging', 'production']),
  );
  expect(out.indexOf('staging')).toBeLessThan(out.indexOf('production'));
  mkdirSync(join(folder(), 'gitops'), { recursive: true });
  writeFileSync(join(folder(), 'gitops', 'README.md'), '');
  const diff = await strake({ cart: Plain, on: waive() }, 'diff');
  expect([...diff.out.matchAll(/\((\w+)\/cart\)/g)].map(([, name]) => name)).toEqual([
    'staging',
    'production',
  ]);
});
