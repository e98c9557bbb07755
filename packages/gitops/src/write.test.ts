import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { Platform, type RenderedApplication } from '@strake/core';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { plan, type Plan } from './plan.ts';
import { write, type WriteResult } from './write.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'strake-write-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Texts of config maps by `environment/application/name`. */
function planned(project: string, texts: Readonly<Record<string, string>>, whole = true): Plan {
  const rendered = new Map<string, RenderedApplication>();
  for (const [key, text] of Object.entries(texts)) {
    const [environment = '', application = '', name = ''] = key.split('/');
    const { manifests = [] } = rendered.get(`${environment}/${application}`) ?? {};
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: application },
      data: { text },
    };
    rendered.set(`${environment}/${application}`, {
      environment: {
        name: environment,
        tier: environment,
        cluster: environment,
        kubernetes: '1.34',
        namespaceOf: (each) => each,
      },
      application,
      namespace: application,
      manifests: name === '' ? manifests : [...manifests, { object, delegations: [] }],
    });
  }
  return plan(project, [...rendered.values()], { whole });
}

const WEB = 'environments/production/cart/configmap-web.yaml';
const INVENTORY = '.strake/cart.json';

function put(path: string, contents: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), contents);
}

function text(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function filesOnDisk(): string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .toSorted();
}

function codes({ findings }: WriteResult): string[] {
  return findings.map(({ code, path, severity }) => `${severity} ${code} ${path}`);
}

function kinds({ changes }: WriteResult): string[] {
  return changes.map(({ change, path }) => `${change} ${path.split('/').at(-1)}`);
}

test('writes into a folder that does not exist yet, and says what it did', () => {
  const wanted = planned('cart', { 'production/cart/web': '1' });
  const result = write(wanted, join(root, 'a/b'));
  expect(result).toMatchObject({ findings: [], inventory: 'added' });
  expect(result.changes[0]).toEqual({
    path: WEB,
    environment: 'production',
    application: 'cart',
    change: 'added',
  });
  expect(filesOnDisk()).toEqual([
    'a/b/.strake/cart.json',
    `a/b/${WEB}`,
    'a/b/environments/production/cart/kustomization.yaml',
  ]);
  expect(text(`a/b/${WEB}`)).toBe(wanted.files[0]?.contents);
  expect(text('a/b/.strake/cart.json')).not.toContain('pending');
});

test('touches nothing when nothing has changed', () => {
  const wanted = planned('cart', {
    'production/cart/web': '1',
    'staging/cart/web': '1',
    'staging/shop/': '',
  });
  write(wanted, root);
  const times = () =>
    [...filesOnDisk(), ...filesOnDisk().map(dirname)].map(
      (path) => statSync(join(root, path), { bigint: true }).mtimeNs,
    );
  const before = times();
  const result = write(wanted, root);
  expect(times()).toEqual(before);
  expect(new Set(result.changes.map(({ change }) => change))).toEqual(new Set(['unchanged']));
  expect(result.inventory).toBe('unchanged');
});

test('replaces, adds and removes, and then removes folders that are empty', () => {
  write(
    planned('cart', { 'production/cart/web': '1', 'production/cart/db': '1', 'staging/cart/web': '1' }),
    root,
  );
  put('environments/staging/README.md', 'ours');
  mkdirSync(join(root, 'environments/production/empty'));
  const result = write(planned('cart', { 'production/cart/web': '2', 'production/cart/api': '1' }), root);
  expect(kinds(result)).toEqual([
    'added configmap-api.yaml',
    'removed configmap-db.yaml',
    'changed configmap-web.yaml',
    'changed kustomization.yaml',
    'removed configmap-web.yaml',
    'removed kustomization.yaml',
  ]);
  expect(existsSync(join(root, 'environments/staging/cart'))).toBe(false);
  expect(existsSync(join(root, 'environments/production/empty'))).toBe(true);
  expect(filesOnDisk()).toEqual([
    INVENTORY,
    'environments/production/cart/configmap-api.yaml',
    WEB,
    'environments/production/cart/kustomization.yaml',
    'environments/staging/README.md',
  ]);
  expect(write(planned('cart', {}), root).changes).toHaveLength(3);
  expect(filesOnDisk()).toEqual([INVENTORY, 'environments/staging/README.md']);
});

test('a dry run says the same and writes nothing', () => {
  const wanted = planned('cart', { 'production/cart/web': '1' });
  const result = write(wanted, root, { dryRun: true });
  expect(filesOnDisk()).toEqual([]);
  expect(write(wanted, root)).toEqual(result);
});

test('a partial render leaves the files of all others where they are', () => {
  write(
    planned('cart', { 'production/cart/web': '1', 'production/shop/web': '1', 'staging/cart/web': '1' }),
    root,
  );
  const before = filesOnDisk();
  const result = write(planned('cart', { 'production/cart/': '' }, false), root);
  expect(kinds(result)).toEqual(['removed configmap-web.yaml', 'changed kustomization.yaml']);
  expect(filesOnDisk()).toEqual(before.filter((path) => path !== WEB));
  expect(text(INVENTORY)).toContain('environments/staging/cart/configmap-web.yaml');
  expect(text(INVENTORY)).not.toContain(WEB);
});

test('refuses files that were edited by hand, names them, and overwrites them when forced', () => {
  const wanted = planned('cart', {
    'production/cart/web': '1',
    'production/cart/db': '1',
    'production/cart/api': '1',
  });
  write(wanted, root);
  put(WEB, `${text(WEB)}# by hand\n`);
  put('environments/production/cart/configmap-db.yaml', 'by hand');
  const before = filesOnDisk().map(text);
  const next = planned('cart', { 'production/cart/web': '1', 'production/cart/api': '2' });
  const refused = write(next, root);
  const edited = [
    'file-edited environments/production/cart/configmap-web.yaml',
    'file-edited environments/production/cart/configmap-db.yaml',
  ];
  expect(codes(refused)).toEqual(edited.map((each) => `error ${each}`));
  expect(refused.findings[0]?.environments).toEqual(['production']);
  expect(filesOnDisk().map(text)).toEqual(before);
  const forced = write(next, root, { force: true });
  expect(codes(forced)).toEqual(edited.map((each) => `warning ${each}`));
  expect(text(WEB)).toBe(wanted.files.find(({ path }) => path === WEB)?.contents);
  expect(existsSync(join(root, 'environments/production/cart/configmap-db.yaml'))).toBe(false);
  expect(codes(write(next, root))).toEqual([]);
});

test('bytes of the plan are no conflict, whoever wrote them; a file that is gone is written again', () => {
  write(planned('cart', { 'production/cart/web': '1' }), root);
  const next = planned('cart', { 'production/cart/web': '2', 'production/cart/db': '1' });
  for (const { path, contents } of next.files) put(path, contents);
  expect(write(next, root)).toMatchObject({ findings: [], inventory: 'changed' });
  rmSync(join(root, WEB));
  expect(kinds(write(next, root))).toContain('added configmap-web.yaml');
  rmSync(join(root, INVENTORY));
  expect(write(next, root)).toMatchObject({ findings: [], inventory: 'added' });
});

test('what a bot sets behind an image marker is no edit', () => {
  const file = { path: WEB, environment: 'production', application: 'cart' };
  const marked = (image: string, rest = '') =>
    `${rest}image: "${image}" # {"$imagepolicy": "flux-system:web"}\n`;
  const wanted = (contents: string): Plan => ({
    project: 'cart',
    folders: ['environments'],
    findings: [],
    files: [{ ...file, contents }],
  });
  write(wanted(marked('a:1')), root);
  put(WEB, marked('a:2'));
  expect(write(wanted(marked('a:2')), root)).toMatchObject({ findings: [], inventory: 'unchanged' });
  expect(kinds(write(wanted(marked('a:1')), root))).toEqual(['changed configmap-web.yaml']);
  put(WEB, marked('a:2', 'replicas: 3\n'));
  expect(codes(write(wanted(marked('a:1')), root))).toEqual([`error file-edited ${WEB}`]);
});

test.each([
  ['', ['error object-pruned'], ['warning object-pruned']],
  ['    kustomize.toolkit.fluxcd.io/prune: disabled\n', [], []],
  ['    argocd.argoproj.io/sync-options: ServerSideApply=true,Prune=false\n', [], []],
  [
    '    note: kustomize.toolkit.fluxcd.io/prune: disabled is missing\n',
    ['error object-pruned'],
    ['warning object-pruned'],
  ],
])('a controller takes over an object only once the agent keeps it: %j', (annotation, refused, forced) => {
  const before = planned('cart', { 'production/cart/web': `metadata:\n  annotations:\n${annotation}` });
  write(before, root);
  const withheld = before.files.filter(({ path }) => path === WEB);
  const next = { ...planned('cart', {}), withheld };
  expect(codes(write(next, root, { dryRun: true }))).toEqual(refused.map((each) => `${each} ${WEB}`));
  expect(codes(write(next, root, { dryRun: true, force: true }))).toEqual(
    forced.map((each) => `${each} ${WEB}`),
  );
});

test('never overwrites a file of another owner, forced or not', () => {
  put(WEB, 'ours');
  put('environments/production/cart/Configmap-DB.yaml', 'ours');
  const wanted = planned('cart', { 'production/cart/web': '1', 'production/cart/db': '1' });
  for (const force of [false, true]) {
    expect(codes(write(wanted, root, { force }))).toEqual([
      'error file-foreign environments/production/cart/Configmap-DB.yaml',
      `error file-foreign ${WEB}`,
    ]);
  }
  expect(filesOnDisk()).toHaveLength(2);
});

test('two projects share a repository and neither touches the files of the other', () => {
  const cart = planned('cart', { 'production/cart/web': '1' });
  const shop = planned('shop', { 'production/shop/web': '1', 'staging/shop/web': '1' });
  write(cart, root);
  expect(codes(write(shop, root))).toEqual([]);
  const before = filesOnDisk();
  expect(kinds(write(cart, root))).not.toContain('removed configmap-web.yaml');
  expect(filesOnDisk()).toEqual(before);
  expect(codes(write(planned('shop', { 'production/cart/web': '1' }), root, { force: true }))).toEqual([
    'error file-foreign environments/production/cart',
  ]);
});

test('an inventory that lists the files of another project prunes nothing, even beside a broken one', () => {
  write(planned('shop', { 'production/shop/web': '1' }), root);
  write(planned('cart', { 'production/cart/web': '1' }), root);
  put(INVENTORY, text('.strake/shop.json').replace('"shop"', '"cart"'));
  put('.strake/shop.json', `<<<<<<< ours\n${text('.strake/shop.json')}`);
  put('.strake/shop.facts.json', '"environments/production/cart/x"');
  const before = filesOnDisk();
  const result = write(planned('cart', {}), root, { force: true });
  expect(result.findings.map(({ code, path, written }) => [code, path, written])).toEqual([
    ['inventory-invalid', INVENTORY, '`environments/production/shop`, which `.strake/shop.json` lists too'],
  ]);
  expect(filesOnDisk()).toEqual(before);
});

test.each([
  [
    'clusters/eu-1/production/shop/kustomization-shop.yaml',
    'environments/production/shop/service-web.yaml',
    'environments/production/shop',
  ],
  [
    'environments/production/shop/service-web.yaml',
    'clusters/eu-1/production/shop/kustomization-shop.yaml',
    'environments/production/shop',
  ],
  ['CODEOWNERS', 'CODEOWNERS', 'CODEOWNERS'],
])('an inventory that lists %s prunes nothing where another project lists %s', (own, other, claim) => {
  const inventory = (project: string, path: string) => {
    const files = { [path]: createHash('sha256').update('theirs').digest('hex') };
    put(`.strake/${project}.json`, JSON.stringify({ version: 1, project, files }));
  };
  put(own, 'theirs');
  inventory('cart', own);
  inventory('shop', other);
  const result = write(planned('cart', {}), root);
  expect(result.findings.map(({ code, written }) => [code, written])).toEqual([
    ['inventory-invalid', `\`${claim}\`, which \`.strake/shop.json\` lists too`],
  ]);
  expect(text(own)).toBe('theirs');
});

test('no write removes the owners of the code, and none overwrites those that it did not write', () => {
  put('CODEOWNERS', '* @acme/all\n');
  const hash = createHash('sha256').update('* @acme/all\n').digest('hex');
  put(INVENTORY, JSON.stringify({ version: 1, project: 'cart', files: { CODEOWNERS: hash } }));
  expect(write(planned('cart', {}), root)).toMatchObject({ changes: [], findings: [] });
  expect(text('CODEOWNERS')).toBe('* @acme/all\n');
  rmSync(join(root, INVENTORY));
  const platform = new Platform('acme', { environments: {}, owners: ['@acme/platform'] });
  const owned = plan('cart', [], { whole: true, ownsPlatform: true, platform });
  expect(codes(write(owned, root))).toEqual(['error file-foreign CODEOWNERS']);
  rmSync(join(root, 'CODEOWNERS'));
  expect(write(owned, root)).toMatchObject({ findings: [], inventory: 'added' });
  expect(filesOnDisk()).toEqual([INVENTORY, 'CODEOWNERS']);
  expect(write(owned, root)).toMatchObject({ changes: [{ change: 'unchanged' }], inventory: 'unchanged' });
});

test('an inventory with paths outside of the applications prunes nothing', () => {
  put('README.md', 'ours');
  put(
    INVENTORY,
    JSON.stringify({
      version: 1,
      project: 'cart',
      files: { 'README.md': 'ab'.repeat(32), '../x.yaml': 'ab'.repeat(32) },
    }),
  );
  const result = write(planned('cart', {}), root, { force: true });
  expect(codes(result)).toEqual([`error inventory-invalid ${INVENTORY}`]);
  expect(result.findings[0]?.written).toContain('../x.yaml');
  expect(filesOnDisk()).toEqual([INVENTORY, 'README.md']);
});

test.each([
  ['environments', 'environments'],
  ['environments/production', 'environments/production'],
  ['environments/production/cart', 'environments/production/cart'],
  [WEB, WEB],
  ['.strake', '.strake'],
  [INVENTORY, INVENTORY],
])('follows no link at %s', (link, named) => {
  const outside = mkdtempSync(join(tmpdir(), 'strake-outside-'));
  onTestFinished(() => rmSync(outside, { recursive: true }));
  const wanted = planned('cart', { 'production/cart/web': '1', 'production/cart/db': '1' });
  write(wanted, root);
  renameSync(join(root, link), join(outside, 'target'));
  symlinkSync(join(outside, 'target'), join(root, link));
  const before = readdirSync(outside, { recursive: true });
  for (const next of [
    planned('cart', { 'production/cart/web': '2', 'production/cart/db': '2' }),
    planned('cart', {}),
  ]) {
    expect(codes(write(next, root, { force: true }))).toEqual([`error path-unsafe ${named}`]);
  }
  expect(readdirSync(outside, { recursive: true })).toEqual(before);
});

test('another inventory that is a link stops the write, since it may hide claims', () => {
  symlinkSync('/dev/null', join(root, 'shop.json'));
  mkdirSync(join(root, '.strake'));
  renameSync(join(root, 'shop.json'), join(root, '.strake/shop.json'));
  expect(codes(write(planned('cart', { 'production/cart/web': '1' }), root))).toEqual([
    'error path-unsafe .strake/shop.json',
  ]);
});

test('names what stands in the way once, not for every file behind it', () => {
  put('environments/production', 'a file');
  mkdirSync(join(root, 'environments/staging/cart/configmap-web.yaml'), { recursive: true });
  const wanted = planned('cart', {
    'production/cart/web': '1',
    'production/cart/db': '1',
    'staging/cart/web': '1',
  });
  expect(codes(write(wanted, root))).toEqual([
    'error path-unsafe environments/production',
    'error path-unsafe environments/staging/cart/configmap-web.yaml',
  ]);
  rmSync(join(root, 'environments'), { recursive: true });
  mkdirSync(join(root, 'Environments'));
  expect(codes(write(wanted, root))).toEqual(['error path-unsafe Environments']);
});

test('writes nothing that the plan itself says cannot be written', () => {
  const wanted = planned('cart', { 'production/cart/web': '\ud800', 'production/cart/db': '1' });
  expect(codes(write(wanted, root))).toEqual(['error value-invalid cart']);
  expect(filesOnDisk()).toEqual([]);
});

test('says so when the repository is a file', () => {
  put('gitops', 'a file');
  const result = write(planned('cart', { 'production/cart/web': '1' }), join(root, 'gitops'));
  expect(codes(result)).toEqual(['error repository-inaccessible .']);
  expect(result.findings[0]?.written).toBe('a file stands where a folder is needed (ENOTDIR)');
});

test.skipIf(process.getuid?.() === 0)('says so when a folder is read-only', () => {
  write(planned('cart', { 'production/cart/web': '1' }), root);
  chmodSync(join(root, dirname(WEB)), 0o555);
  const result = write(planned('cart', { 'production/cart/web': '2' }), root);
  chmodSync(join(root, dirname(WEB)), 0o755);
  expect(result.findings).toMatchObject([
    { code: 'repository-inaccessible', written: 'permission denied (EACCES)' },
  ]);
  expect(codes(write(planned('cart', { 'production/cart/web': '3' }), root))).toEqual([]);
});
