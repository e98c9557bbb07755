import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CronTask, WebService } from '@strake/components';
import {
  Application,
  defineConfig,
  defineOperations,
  image,
  Platform,
  type Agent,
  type ImageReference,
} from '@strake/core';
import { flux } from '@strake/gitops/flux';
import { containerImage, initContainer, sidecar } from '@strake/traits';
import type { Construct } from 'constructs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { goImageProgram } from './go-image-program.ts';
import { runOn } from './laws/in-process.ts';
import { digestOf, fakeRegistry, type FakeRegistry } from './registry/fake-registry.ts';

let folder: string;
let registry: FakeRegistry;
const LOCK = 'gitops/images/staging/shop/kustomization.yaml';
const PRODUCTION = LOCK.replace('staging', 'production');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strake-images-'));
  mkdirSync(join(folder, 'node_modules'));
  registry = await fakeRegistry({
    'acme/web': ['1.4.2', '1.4.10', '1.5.0', '2.0.0', '2.0.1-rc.1', 'latest'],
    'acme/log': ['main-abc-100', 'main-abc-99', 'main'],
    'acme/cache': ['main'],
  });
});

afterEach(() => {
  registry.close();
  rmSync(folder, { recursive: true });
});

interface Shop {
  readonly web?: Partial<ImageReference>;
  readonly agent?: Agent;
  readonly operate?: (shop: { readonly web: WebService }) => void;
}

/** A shop whose images the lock decides, in every place that takes one. */
function shop({ web = {}, agent, operate = () => {} }: Shop = {}) {
  const of = (name: string, given: Partial<ImageReference>) =>
    image({ name: `${registry.host}/acme/${name}`, policy: 'minor', ...given });
  const log = of('log', {
    policy: { numerical: {} },
    filterTags: { pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$', extract: '$ts' },
    digest: false,
  });
  const cache = of('cache', { policy: { digest: { tag: 'main' } } });
  class App extends Application {
    readonly web: WebService;
    readonly report: CronTask;
    constructor(parent: Construct, id: string) {
      super(parent, id);
      this.web = new WebService(this, 'web', {
        image: of('web', web),
        ports: { http: 8080 },
      });
      this.report = new CronTask(this, 'report', { image: of('web', web), schedule: '@daily' });
    }
  }
  return () =>
    defineConfig({
      project: 'shop',
      platform: new Platform('acme', { environments: { staging: {}, production: {} } }),
      applications: { shop: App },
      operations: [
        defineOperations(App, (app) => {
          app.web.attach(
            sidecar({ containers: { log: { image: log } } }),
            initContainer({ containers: { cache: { image: cache } } }),
          );
          operate(app);
        }),
      ],
      repository: { path: 'gitops' },
      ...(agent && { agent }),
    });
}

const strake = (words: string, given: Shop = {}) => runOn(shop(given), words.split(' '), folder);
const read = (path: string) => readFileSync(join(folder, path), 'utf8');

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** All files of the repository. */
function files(): Record<string, string> {
  const names = readdirSync(join(folder, 'gitops'), { recursive: true }).map(String).toSorted();
  return Object.fromEntries(
    names
      .filter((name) => statSync(join(folder, 'gitops', name)).isFile())
      .map((name) => [name, read(`gitops/${name}`)]),
  );
}

test('names every image that is not locked, and writes nothing', async () => {
  const { code, err } = await strake('synth');
  expect(code).toBe(2);
  expect(err.match(/image-not-locked/g)).toHaveLength(6);
  expect(err).toContain('Run `strake images update --env staging`.');
  expect(existsSync(join(folder, 'gitops'))).toBe(false);
});

test('locks what the policies choose, renders it, and finds nothing to do the second time', async () => {
  const updated = await strake('images update --env staging');
  expect(updated).toMatchObject({ code: 0, err: 'locked 3 images in 1 file; `strake synth` renders them\n' });
  expect(Object.keys(files())).toEqual(['images/staging/shop/kustomization.yaml']);
  const lock = read(LOCK);
  expect(lock).toContain('newTag: "2.0.0" # {"$imagepolicy": "flux-system:shop.staging.web-');
  expect(lock).toContain('newTag: "main-abc-100" #');
  expect(await strake('synth --env staging')).toMatchObject({ code: 0 });
  const deployment = read('gitops/environments/staging/shop/deployment-web.yaml');
  const [, marker = ''] = /flux-system:(shop\.staging\.web-[0-9a-f]{8})/.exec(lock) ?? [];
  expect(deployment).toContain(
    `image: "${registry.host}/acme/web:2.0.0@${digestOf('2.0.0')}" # {"$imagepolicy": "flux-system:${marker}"}`,
  );
  expect(deployment).toContain(
    `app.kubernetes.io/version: "2.0.0" # {"$imagepolicy": "flux-system:${marker}:tag"}`,
  );
  expect(deployment).toMatch(
    /image: "[\d.:]+\/acme\/log:main-abc-100" # \{"\$imagepolicy": "flux-system:shop/,
  );
  expect(deployment).not.toContain('strake-image');
  const before = files();
  expect(await strake('images update --env staging')).toMatchObject({
    code: 0,
    out: '',
    err: 'locked 0 images in 0 files\n',
  });
  expect(await strake('synth --env staging --verify')).toMatchObject({ code: 0 });
  expect(files()).toEqual(before);
});

/**
 * What Flux's image automation does (image-automation-controller: internal/update/setters.go), on files that kyaml would
 * leave as they are: the scalar before a marker whose policy is known gets the policy's image, tag or digest, whatever it
 * was. Quotes stay.
 */
function bot(
  policies: Record<string, { readonly name: string; readonly tag: string; readonly digest?: string }>,
): void {
  for (const [path, text] of Object.entries(files())) {
    if (!path.endsWith('.yaml') || !text.includes('"$imagepolicy"')) continue;
    const set = text.replaceAll(
      /"[^"\n]*"( # \{"\$imagepolicy": "[^:"]+:([^:"]+)(?::(\w+))?"\})$/gm,
      (line, rest, policy, field) => {
        const latest = policies[policy];
        if (latest === undefined) return line;
        const { name, tag, digest = '' } = latest;
        const whole = `${name}:${tag}${digest === '' ? '' : `@${digest}`}`;
        return `"${{ tag, name, digest }[String(field)] ?? whole}"${rest}`;
      },
    );
    write(`gitops/${path}`, set);
  }
}

function policyOf(name: string): string {
  return new RegExp(`flux-system:(shop\\.staging\\.${name}-[0-9a-f]{8})`).exec(read(LOCK))?.[1] ?? '';
}

/** A release of every image, as a bot finds it. */
function releases() {
  return {
    [policyOf('web')]: { name: `${registry.host}/acme/web`, tag: '2.1.0', digest: digestOf('2.1.0') },
    [policyOf('log')]: { name: `${registry.host}/acme/log`, tag: 'main-fff-200' },
    [policyOf('cache')]: { name: `${registry.host}/acme/cache`, tag: 'main', digest: digestOf('new') },
  };
}

test('a synth after a commit of the image bot changes no byte', async () => {
  await strake('images update --env staging');
  await strake('synth --env staging');
  const before = files();
  bot(releases());
  const after = files();
  const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
  expect(changed).toEqual([
    'environments/staging/shop/cronjob-report.yaml',
    'environments/staging/shop/deployment-web.yaml',
    'images/staging/shop/kustomization.yaml',
  ]);
  expect(await strake('synth --env staging --verify')).toMatchObject({ code: 0 });
  expect(await strake('synth --env staging')).toMatchObject({ code: 0 });
  expect(files()).toEqual(after);
});

const setters = goImageProgram('go-setters');

test.skipIf(setters === undefined)("Flux's own setters write what our imitation of them does", async () => {
  write(LOCK, `images:\n  - name: redis\n    newTag: 7.4.1 # by hand\n`);
  await strake('images update --env staging');
  await strake('synth --env staging');
  const before = files();
  const values = Object.entries(releases()).flatMap(([policy, { name, tag, digest = '' }]) => [
    [`flux-system:${policy}`, `${name}:${tag}${digest === '' ? '' : `@${digest}`}`],
    [`flux-system:${policy}:tag`, tag],
    [`flux-system:${policy}:digest`, digest],
  ]);
  execFileSync(setters ?? '', [join(folder, 'gitops')], {
    input: JSON.stringify(Object.fromEntries(values)),
  });
  const written = files();
  for (const [path, text] of Object.entries(before)) write(`gitops/${path}`, text);
  bot(releases());
  expect(written).toEqual(files());
  expect(written).not.toEqual(before);
  expect(await strake('synth --env staging --verify')).toMatchObject({ code: 0 });
});

test('a bot that changes the render alone is put right, since the lock decides', async () => {
  await strake('images update --env staging');
  await strake('synth --env staging');
  const before = files();
  bot({ [policyOf('web')]: { name: `${registry.host}/acme/web`, tag: '2.1.0', digest: digestOf('2.1.0') } });
  write(LOCK, before['images/staging/shop/kustomization.yaml'] ?? '');
  expect(await strake('synth --env staging --verify')).toMatchObject({ code: 1 });
  expect(await strake('synth --env staging')).toMatchObject({ code: 0 });
  expect(files()).toEqual(before);
});

test('lists what is locked and what is not, without asking a registry', async () => {
  write(LOCK, `images:\n- name: ${registry.host}/acme/web\n  newTag: 1.4.2\n`);
  const { code, out, err } = await strake('images list --env staging');
  expect({ code, err }).toEqual({ code: 0, err: '3 images that the lock decides\n' });
  expect(out.replaceAll(registry.host, 'registry').replaceAll(/ +/g, ' ')).toBe(
    `staging shop registry/acme/cache not locked digest of main
staging shop registry/acme/log not locked numerical
staging shop registry/acme/web 1.4.2 minor
`,
  );
  expect(registry.requests).toEqual([]);
  const json = JSON.parse((await strake('images list --env staging --json')).out);
  expect(json.images[2]).toMatchObject({ application: 'shop', locked: { newTag: '1.4.2', digest: null } });
});

test('markers name the namespace of the agent that reads them, and those that are there stay', async () => {
  const author = { name: 'flux', email: 'flux@example.org' };
  const agent = flux({
    url: 'https://example.org/a.git',
    namespace: 'gitops-agent',
    imageUpdates: { author },
  });
  const { code, err } = await strake('images update --env staging', { agent });
  expect(code, err).toBe(0);
  expect(read(LOCK)).toContain('{"$imagepolicy": "gitops-agent:shop.staging.web-');
  const synth = await strake('synth --env staging', { agent });
  expect(synth).toMatchObject({ code: 0, err: expect.not.stringContaining('image-policy-unsupported') });
  await strake('images update --env staging');
  expect(read(LOCK)).not.toContain('flux-system');
});

test('an image that no lock decides is refused, and the one that is meant is named', async () => {
  await strake('images update');
  const before = files();
  for (const words of ['list', 'outdated', 'update', 'update --dry-run'])
    expect(await strake(`images ${words} --image acme/web --image nope`)).toMatchObject({
      code: 2,
      out: expect.any(String),
    });
  expect(await strake('promote staging production --image nope')).toMatchObject({ code: 2, out: '' });
  const { out, err } = await strake('images update --image acme/web');
  expect(out).toBe('');
  expect(err.replaceAll(registry.host, '<registry>')).toMatchInlineSnapshot(`
    "error  image-unknown  --image
      written  the image \`acme/web\`
      allowed  \`<registry>/acme/cache\`, \`<registry>/acme/log\`, \`<registry>/acme/web\`
      next     Did you mean \`<registry>/acme/web\`?

    1 error
    nothing was locked
    "
  `);
  expect(files()).toEqual(before);
  const app = await strake('images list --image nope --app shpo');
  expect(app.err).not.toContain('image-unknown');
});

test('stays in the range of the policy, and says so before it writes', async () => {
  const entry = `images:\n# why\n- name: ${registry.host}/acme/web # the shop\n  newTag: "1.4.2"\n`;
  for (const [policy, tag] of [
    ['patch', '1.4.10'],
    ['minor', '1.5.0'],
  ] as const) {
    write(LOCK, entry);
    const words = `--env staging --image ${registry.host}/acme/web`;
    const outdated = await strake(`images outdated ${words}`, { web: { policy, digest: false } });
    expect(outdated).toMatchObject({ code: 0, err: '1 of 1 image outdated\n' });
    expect(outdated.out).toMatch(new RegExp(`1\\.4\\.2  ->  ${tag}\\n`));
    const dry = await strake(`images update ${words} --dry-run`, { web: { policy, digest: false } });
    expect(dry).toMatchObject({ code: 0, err: 'would lock 1 image in 1 file\n' });
    expect(read(LOCK)).toBe(entry);
    await strake(`images update ${words}`, { web: { policy, digest: false } });
    expect(read(LOCK)).toBe(entry.replace('1.4.2', tag));
  }
});

test('refuses to go back to an older tag, and changes the others', async () => {
  await strake('images update --env staging');
  registry.repositories['acme/web'] = ['2.0.0-rc.1', '1.9.0'];
  registry.repositories['acme/log'] = ['main-abc-100', 'main-abc-101'];
  const range = { web: { policy: { semver: { range: '>=1.0.0' } } } } as const;
  const { code, err } = await strake('images update --env staging', range);
  expect(code).toBe(2);
  expect(err).toContain('image-downgrade');
  expect(err).toContain('would go from `2.0.0` back to `1.9.0`');
  expect(read(LOCK)).toContain('2.0.0');
  expect(read(LOCK)).toContain('main-abc-101');
  expect(await strake('images update --env staging --allow-downgrade', range)).toMatchObject({ code: 0 });
  expect(read(LOCK)).toContain('newTag: "1.9.0" # {"$imagepolicy"');
});

test('says of each image what its registry says, and locks the others', async () => {
  delete registry.repositories['acme/web'];
  registry.repositories['acme/log'] = ['main'];
  const { code, err } = await strake('images update --env staging');
  expect(code).toBe(2);
  expect(err).toContain('registry-missing');
  expect(err).toContain('image-tag-missing');
  expect(read(LOCK)).toContain('acme/cache');
  expect(read(LOCK)).not.toContain('acme/web');
});

test('warns of a locked tag that the policy does not choose from', async () => {
  await strake('images update');
  write(LOCK, read(LOCK).replace('newTag: "2.0.0"', 'newTag: "latest"'));
  const { code, err } = await strake('synth --env staging');
  expect(code).toBe(0);
  expect(err).toContain('warning  image-outside-policy');
  expect(err).toContain('`latest`');
});

test('refuses a range that is none', async () => {
  const { code, out } = await strake('check', { web: { policy: { semver: { range: '1.2.3.4' } } } });
  expect(code).toBe(2);
  expect(out).toContain('image-policy-invalid');
});

test('refuses a lock that cannot be read', async () => {
  write(LOCK, 'images: [\n');
  const { code, err } = await strake('synth');
  expect(code).toBe(2);
  expect(err).toContain('images/staging/shop/kustomization.yaml');
  expect(err).toContain('input-invalid');
});

test('refuses a container whose image code and the lock decide', async () => {
  await strake('images update');
  const operate: Shop['operate'] = ({ web }) => void web.attach(containerImage({ image: 'web:1.0.0' }));
  const { code, err } = await strake('synth', { operate });
  expect(code).toBe(2);
  expect(err).toContain('image-decided-twice');
});

test('promotes tags and digests, and shows what changes before it does', async () => {
  await strake('images update');
  registry.repositories['acme/web']?.push('2.1.0');
  registry.contents['main'] = 'rebuilt';
  await strake('images update --env staging');
  const [staging, before] = [read(LOCK), read(PRODUCTION)];
  const dry = await strake('promote staging production --dry-run');
  expect(dry).toMatchObject({ code: 0, err: 'would lock 2 images in 1 file\n' });
  expect(dry.out).toMatch(
    /production +shop +\S+\/acme\/web +2\.0\.0@sha256:\w{12} +-> +2\.1\.0@sha256:\w{12}\n/,
  );
  expect(read(PRODUCTION)).toBe(before);
  registry.contents['main'] = 'rebuilt again';
  expect(await strake('promote staging production')).toMatchObject({ code: 0 });
  expect(read(PRODUCTION)).toBe(staging.replaceAll('shop.staging.', 'shop.production.'));
  expect(read(LOCK)).toBe(staging);
  expect(await strake('promote staging production')).toMatchObject({ code: 0, out: '' });
});

test('asks for the digest that the other environment does not have', async () => {
  await strake('images update');
  write(
    LOCK,
    read(LOCK)
      .replaceAll(/ +digest: .*\n/g, '')
      .replace('2.0.0', '1.5.0'),
  );
  expect(await strake('promote staging production --allow-downgrade')).toMatchObject({ code: 0 });
  expect(read(PRODUCTION)).toContain(digestOf('1.5.0'));
});

test('promotes nothing when anything is wrong with it', async () => {
  await strake('images update');
  const before = read(PRODUCTION);
  write(LOCK, read(LOCK).replace('2.0.0', '1.5.0').replace('main-abc-100', 'main-abc-200'));
  const older = await strake('promote staging production');
  expect(older.code).toBe(2);
  expect(older.err).toContain('image-downgrade');
  expect(read(PRODUCTION)).toBe(before);
  rmSync(join(folder, LOCK));
  const missing = await strake('promote staging production');
  expect(missing.code).toBe(2);
  expect(missing.err).toContain('which `production` would get');
  expect(read(PRODUCTION)).toBe(before);
  expect((await strake('promote nowhere production')).err).toContain('environment-unknown  strake promote');
});

test('does not promote what the policy there does not choose from', async () => {
  await strake('images update');
  write(LOCK, read(LOCK).replace('"2.0.0"', '"3.0.0-rc.1"'));
  const { code, err } = await strake('promote staging production');
  expect(code).toBe(2);
  expect(err).toContain('image-outside-policy');
  expect(read(PRODUCTION)).toContain('2.0.0');
});
