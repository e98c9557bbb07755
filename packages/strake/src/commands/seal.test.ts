import { constants, createDecipheriv, privateDecrypt } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SecretClaim, WebService } from '@strake/components';
import { Application, defineConfig, Platform } from '@strake/core';
import { sealedSecrets, type SealedSecretsProperties } from '@strake/scopes';
import { createColors } from 'picocolors';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parse, parseDocument, stringify } from 'yaml';
import { makeCertificate, missingProgram, type MadeCertificate } from '../../../../test/certificates.ts';
import { ROOT } from '../../../../test/files.ts';
import { runOn, type Said } from '../../../../test/laws/in-process.ts';
import { temporary } from '../../../../test/temporary.ts';
import { normalFingerprint } from '../seal/certificate.ts';
import type { SecretInput } from '../seal/secret-input.ts';
import { encryptionLabel } from '../seal/sealing.ts';
import { seal, type SealEdge, type SealOptions } from './seal.ts';

class Cart extends Application {
  readonly db = new SecretClaim(this, 'db', { keys: ['USER', 'PASSWORD'] });
  readonly web = new WebService(this, 'web', {
    image: 'cart:1',
    ports: { http: 80 },
    env: { PASSWORD: this.db.key('PASSWORD') },
  });
}

const noOpenssl = missingProgram('openssl', 'version');
if (noOpenssl !== undefined) console.log(`not run: ${noOpenssl}`);
const hasOpenssl = noOpenssl === undefined;

const made = mkdtempSync(join(tmpdir(), 'strake-seal-'));
afterAll(() => rmSync(made, { recursive: true, force: true }));
let cluster: MadeCertificate;
let other: MadeCertificate;
beforeAll(() => {
  if (noOpenssl !== undefined) return;
  cluster = makeCertificate(made, 'cluster');
  other = makeCertificate(made, 'other');
});

const project = temporary();
beforeEach(() => symlinkSync(join(ROOT, 'node_modules'), join(project(), 'node_modules')));

const FILE = 'sealed/production/cart/db.yaml';
const VALUE = 'swordfish-4711';

function config(properties: SealedSecretsProperties = {}, namespace = 'shop') {
  const environments = { production: { namespace }, staging: { namespace } };
  const platform = new Platform('acme', { environments }).supply(sealedSecrets(properties));
  return () => defineConfig({ project: 'cart', applications: { cart: Cart }, platform });
}

/** What is typed or piped in, and everything that anybody was told. */
function typed(...answers: readonly (string | undefined)[]): SecretInput & { readonly asked: string[] } {
  const asked: string[] = [];
  const rest = [...answers];
  return {
    kind: 'person',
    asked,
    ask: async (question) => {
      asked.push(question);
      return rest.shift();
    },
    done: () => void asked.push('done'),
    read: () => Promise.reject(new TypeError('a person was read')),
  };
}

function piped(bytes: string | Uint8Array): SecretInput {
  return {
    kind: 'pipe',
    ask: () => Promise.reject(new TypeError('a pipe was asked')),
    done: () => {},
    read: async (most) => Buffer.from(bytes).subarray(0, most + 1),
  };
}

async function sealOn(
  make: () => unknown,
  named: string | undefined,
  options: Partial<SealOptions>,
  edge: SealEdge,
): Promise<Said> {
  // Only the command line can load a configuration that was made here.
  await runOn(make, ['seal', '--list'], project());
  const said = { out: '', err: '' };
  const io = {
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    colors: createColors(false),
    directory: project(),
  };
  const code = await seal(named, { config: 'strake.config.ts', ...options }, io, edge);
  return { code, defect: undefined, ...said };
}

const production = (more: Partial<SealOptions> = {}): Partial<SealOptions> => ({
  env: ['production'],
  cert: cluster.certificate,
  ...more,
});

function put(file: string, text: string): void {
  mkdirSync(dirname(join(project(), file)), { recursive: true });
  writeFileSync(join(project(), file), text);
}

function fileText(file = FILE): string {
  return readFileSync(join(project(), file), 'utf8');
}

function opened(key: string, file = FILE): string {
  const { encryptedData, ...sealing } = parse(fileText(file));
  const blob = Buffer.from(encryptedData[key], 'base64');
  const end = 2 + blob.readUInt16BE();
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  const oaepLabel = Buffer.from(encryptionLabel(sealing));
  const session = privateDecrypt({ key: cluster.keyPem, ...padding, oaepLabel }, blob.subarray(2, end));
  const decipher = createDecipheriv('aes-256-gcm', session, Buffer.alloc(12));
  decipher.setAuthTag(blob.subarray(-16));
  return Buffer.concat([decipher.update(blob.subarray(end, -16)), decipher.final()]).toString('latin1');
}

test.runIf(hasOpenssl)(
  'asks for what is missing, twice each, and the project then has its SealedSecret',
  async () => {
    const make = config();
    const before = await runOn(make, ['synth', '--env', 'production'], project());
    expect(before.err).toContain('next     Run `strake seal cart/db --env production`');
    const input = typed('cart', 'cart', VALUE, VALUE);
    const said = await sealOn(make, 'cart/db', production(), { input });
    const fingerprint = normalFingerprint(cluster.fingerprint);
    expect(said).toEqual({
      code: 0,
      defect: undefined,
      out: `${FILE}  USER\n${FILE}  PASSWORD\n`,
      err: `sealed with the certificate ${fingerprint}\nsealed 2 values for cart/db in production; none is missing\n`,
    });
    expect(input.asked).toEqual([
      'USER of cart/db in production',
      'USER once more',
      'PASSWORD of cart/db in production',
      'PASSWORD once more',
      'done',
    ]);
    expect(opened('PASSWORD')).toBe(VALUE);
    expect(parse(fileText())).toEqual({
      name: 'db',
      namespace: 'shop',
      scope: 'strict',
      encryptedData: { USER: expect.any(String), PASSWORD: expect.any(String) },
      certificates: { USER: fingerprint, PASSWORD: fingerprint },
    });
    const after = await runOn(make, ['synth', '--env', 'production'], project());
    expect(after).toMatchObject({ code: 0 });
    const again = await sealOn(make, 'cart/db', production(), { input: typed() });
    expect(again).toMatchObject({ code: 0, out: '' });
  },
);

test.runIf(hasOpenssl).each(['namespace-wide', 'cluster-wide'])(
  'seals %s where the platform allows it, and goes on so',
  async (scope) => {
    const make = config({ scope: 'cluster-wide' });
    const input = piped(JSON.stringify({ USER: 'cart' }));
    const { code, err } = await sealOn(make, 'cart/db', production({ scope }), { input });
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('still missing: PASSWORD') });
    await sealOn(make, 'cart/db', production({ key: ['PASSWORD'] }), { input: piped(VALUE) });
    expect(parse(fileText())).toMatchObject({ scope });
    expect([opened('USER'), opened('PASSWORD')]).toEqual(['cart', VALUE]);
    const narrower = config({ scope: 'strict' });
    const refused = await sealOn(narrower, 'cart/db', production({ scope }), { input });
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('property-invalid  --scope') });
  },
);

test.runIf(hasOpenssl).each<[string, string | Uint8Array, string, boolean]>([
  ['one line without its line break', `${VALUE}\n`, VALUE, false],
  ['one line without its line break from Windows', `${VALUE}\r\n`, VALUE, false],
  ['one line as it is, if so wanted', `${VALUE}\n`, `${VALUE}\n`, true],
  ['several lines as they are', 'a\nb\n', 'a\nb\n', false],
  ['two line breaks as they are', 'a\n\n', 'a\n\n', false],
  ['bytes as they are', Uint8Array.of(0xff, 0, 0x0a), '\xff\0\n', false],
  ['bytes that look like text but for one', Uint8Array.of(0x61, 0x01, 0x0a), 'a\x01\n', false],
  ['an empty value, if so wanted', '', '', true],
])('takes %s', async (_, bytes, value, exact) => {
  const options = production({ key: ['PASSWORD'], ...(exact && { exact }) });
  const { code, err } = await sealOn(config(), 'cart/db', options, { input: piped(bytes) });
  expect(code).toBe(0);
  expect(opened('PASSWORD')).toBe(value);
  expect(err.includes('the line break at the end is not part')).toBe(value.length < bytes.length);
});

test.runIf(hasOpenssl)('keeps comments, order and other keys of a file', async () => {
  const make = config();
  await sealOn(make, 'cart/db', production(), { input: piped('{"USER":"a","PASSWORD":"b"}') });
  const document = parseDocument(fileText());
  document.commentBefore = ' Owned by the shop team.';
  document.setIn(['encryptedData', 'OLD'], parse(fileText()).encryptedData.USER);
  put(FILE, `${document.toString({ lineWidth: 0 })}\n# the end\n`);
  const before = fileText().split('\n');
  await sealOn(make, 'cart/db', production({ key: ['PASSWORD'] }), { input: piped(VALUE) });
  const after = fileText().split('\n');
  const changed = after.filter((line, index) => line !== before[index]);
  expect(changed.map((line) => line.slice(0, 14))).toEqual(['  PASSWORD: AQ']);
  expect(after).toHaveLength(before.length);
  expect(opened('PASSWORD')).toBe(VALUE);
});

test.runIf(hasOpenssl)(
  'values sealed for another namespace are stale, and are replaced all or none',
  async () => {
    await sealOn(config(), 'cart/db', production(), { input: piped('{"USER":"a","PASSWORD":"b"}') });
    const moved = config({}, 'store');
    const list = await runOn(moved, ['seal', '--list', '--env', 'production'], project());
    expect(list.out).toBe('production  cart/db  USER      stale\nproduction  cart/db  PASSWORD  stale\n');
    const before = fileText();
    const one = await sealOn(moved, 'cart/db', production({ key: ['USER'] }), { input: piped('a') });
    expect(one).toMatchObject({ code: 2, err: expect.stringContaining('secret-stale') });
    expect(fileText()).toBe(before);
    const document = parseDocument(before);
    document.setIn(['encryptedData', 'OLD'], parse(before).encryptedData.USER);
    put(FILE, document.toString({ lineWidth: 0 }));
    const all = await sealOn(moved, 'cart/db', production(), { input: typed('a', 'a', VALUE, VALUE) });
    expect(all.code).toBe(0);
    expect(parse(fileText()).namespace).toBe('store');
    expect(Object.keys(parse(fileText()).encryptedData)).toEqual(['USER', 'PASSWORD']);
    expect(opened('PASSWORD')).toBe(VALUE);
  },
);

test.runIf(hasOpenssl)(
  'takes certificate and fingerprint from the platform, and says which values have another one',
  async () => {
    const certificateOf = ({ certificate: file, fingerprint }: MadeCertificate) => {
      const pinned = normalFingerprint(fingerprint);
      return { certificate: { file, ...(pinned && { fingerprint: pinned }) } };
    };
    const env = ['production'];
    const input = () => piped('{"USER":"a","PASSWORD":"b"}');
    expect((await sealOn(config(certificateOf(cluster)), 'cart/db', { env }, { input: input() })).code).toBe(
      0,
    );
    expect(opened('PASSWORD')).toBe('b');
    const rotated = config(certificateOf(other));
    const list = await runOn(rotated, ['seal', '--list', '--json'], project());
    const states = JSON.parse(list.out).claims.map(
      ({ environment, keys }: { environment: string; keys: { state: string }[] }) => [
        environment,
        ...keys.map(({ state }) => state),
      ],
    );
    expect(states).toEqual([
      ['production', 'stale', 'stale'],
      ['staging', 'missing', 'missing'],
    ]);
    const wrong = await sealOn(rotated, 'cart/db', production(), { input: input() });
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('its fingerprint is') });
    const none = await sealOn(config(), 'cart/db', { env }, { input: input() });
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('property-invalid  --cert') });
  },
);

test.runIf(hasOpenssl)('takes the certificate from a URL', async () => {
  const server = createServer(
    { cert: other.pem, key: other.keyPem },
    (_, response) => void response.end(cluster.pem),
  );
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const cert = `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/v1/cert.pem`;
  const { fingerprint } = cluster;
  const options = production({ cert, fingerprint, key: ['PASSWORD'] });
  const { code, err } = await sealOn(config(), 'cart/db', options, { input: piped(VALUE), ca: other.pem });
  server.close();
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(opened('PASSWORD')).toBe(VALUE);
});

test.runIf(hasOpenssl)('refuses an expired certificate before it asks for a value', async () => {
  const expired = makeCertificate(made, 'expired', { to: '20210101000000Z' });
  const input = typed();
  const { code, err } = await sealOn(config(), 'cart/db', production({ cert: expired.certificate }), {
    input,
  });
  expect({ code, asked: input.asked }).toEqual({ code: 2, asked: [] });
  expect(err).toContain('it is expired since Jan  1 00:00:00 2021 GMT');
  expect(err).toMatch(/nothing was sealed\n$/);
});

test.runIf(hasOpenssl)(
  'takes over what kubeseal has written, also where it stands in the place of the file',
  async () => {
    const make = config();
    await sealOn(make, 'cart/db', production(), { input: piped(`{"USER":"a","PASSWORD":"${VALUE}"}`) });
    const { encryptedData, name, namespace } = parse(fileText());
    const manifest = {
      kind: 'SealedSecret',
      apiVersion: 'bitnami.com/v1alpha1',
      metadata: { name, namespace, creationTimestamp: null },
      spec: {
        encryptedData,
        template: { metadata: { name, namespace, creationTimestamp: null }, type: 'Opaque' },
      },
    };
    put(FILE, JSON.stringify(manifest));
    const found = await runOn(make, ['check', '--env', 'production', '--json'], project());
    const own = JSON.parse(found.out).findings.filter(({ path }: { path: string }) => path === 'cart/db');
    expect(own).toMatchObject([{ code: 'input-invalid', fix: expect.stringContaining(`--import ${FILE}`) }]);
    const env = ['production'];
    const said = await runOn(make, ['seal', 'cart/db', '--env', 'production', '--import', FILE], project());
    expect(said).toMatchObject({ code: 0 });
    expect(parse(fileText())).toEqual({ name, namespace, scope: 'strict', encryptedData });
    expect(opened('PASSWORD')).toBe(VALUE);
    const before = fileText();
    const wrong = [
      { ...manifest, metadata: { name, namespace: 'other' } },
      {
        ...manifest,
        metadata: { ...manifest.metadata, annotations: { 'sealedsecrets.bitnami.com/cluster-wide': 'true' } },
      },
      { ...manifest, spec: { encryptedData: { PASSWORD: VALUE, USER: VALUE } } },
      { ...manifest, spec: { ...manifest.spec, template: { type: 'kubernetes.io/tls' } } },
      { ...manifest, spec: { encryptedData, template: { data: { url: VALUE } } } },
      { kind: 'Secret', stringData: { PASSWORD: VALUE } },
    ];
    for (const each of wrong) {
      put('kubeseal.yaml', stringify(each));
      const refused = await sealOn(make, 'cart/db', { env, import: 'kubeseal.yaml' }, {});
      expect(refused.code).toBe(2);
      expect(refused.err).not.toContain(VALUE);
      expect(fileText()).toBe(before);
    }
    const beside = await sealOn(make, 'cart/db', production({ import: FILE }), {});
    expect(beside.err).toContain('given beside --cert');
  },
);

test.runIf(hasOpenssl)(
  'takes no value that was typed in two ways, and clears what was piped in',
  async () => {
    const options = production({ key: ['PASSWORD'] });
    const { code, err } = await sealOn(config(), 'cart/db', options, { input: typed(VALUE, `${VALUE}5`) });
    expect(code).toBe(2);
    expect(err).toContain('two values were given for `PASSWORD`');
    for (const [key, text] of [
      [['PASSWORD'], VALUE],
      [undefined, JSON.stringify({ PASSWORD: VALUE })],
    ] as const) {
      const bytes = Buffer.from(text);
      const input = { ...piped(''), read: () => Promise.resolve(bytes) };
      await sealOn(config(), 'cart/db', production({ ...(key && { key }) }), { input });
      expect(opened('PASSWORD')).toBe(VALUE);
      expect(bytes.every((byte) => byte === 0)).toBe(true);
    }
  },
);

test.runIf(hasOpenssl)('no value is in any output or file, whatever goes wrong', async () => {
  const make = config();
  const inputs: readonly [Partial<SealOptions>, SecretInput][] = [
    [{}, piped(VALUE)],
    [{}, piped(`{"USER":"${VALUE}"`)],
    [{}, piped(`{"${VALUE}":"a"}`)],
    [{}, piped(`{"USER":["${VALUE}"]}`)],
    [{}, piped(`["${VALUE}"]`)],
    [{}, typed(VALUE, `${VALUE}5`)],
    [{}, typed(VALUE, undefined)],
    [{}, { ...typed(), kind: 'none' }],
    [{ key: [VALUE] }, piped('a')],
    [{ key: ['USER', 'PASSWORD'] }, piped(VALUE)],
    [{ key: ['USER'] }, piped('')],
    [{ key: ['USER'] }, piped(VALUE.repeat(80_000))],
    [{ key: ['USER'] }, piped(VALUE.repeat(20_000))],
    [{ scope: VALUE }, piped('a')],
    [{ fingerprint: VALUE }, piped('a')],
  ];
  const said: Said[] = [];
  for (const [options, input] of inputs) {
    for (const json of [false, true]) {
      said.push(await sealOn(make, 'cart/db', production({ ...options, json }), { input }));
    }
  }
  expect(said.map(({ code }) => code)).toEqual(said.map(() => 2));
  expect(existsSync(join(project(), FILE))).toBe(false);
  const words = [[VALUE], ['cart/db', VALUE], ['cart/db', `--value=${VALUE}`], ['cart/db', `-p${VALUE}`]];
  for (const each of words) {
    const refused = await runOn(make, ['seal', '--env', 'production', ...each], project());
    expect(refused.code).toBe(2);
    said.push(refused);
  }
  for (const json of [false, true]) {
    const good = production({ key: ['PASSWORD'], json });
    said.push(await sealOn(make, 'cart/db', good, { input: piped(VALUE) }));
    said.push(await sealOn(make, 'cart/db', good, { input: typed(VALUE, VALUE) }));
  }
  expect(said.slice(-4).map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  put(FILE, `PASSWORD: ${VALUE}\n`);
  said.push(await sealOn(make, 'cart/db', production(), { input: piped('{}') }));
  rmSync(join(project(), FILE));
  said.push(await runOn(make, ['seal', '--list'], project()));
  expect(JSON.stringify(said)).not.toMatch(/swordfish|c3dvcmRmaXNo/);
  await sealOn(make, 'cart/db', production({ key: ['PASSWORD'] }), { input: piped(VALUE) });
  await runOn(make, ['synth', '--env', 'production'], project());
  const files = readdirSync(project(), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.parentPath.includes('node_modules'),
  );
  expect(files.map(({ name }) => name)).toContain('db.yaml');
  for (const { parentPath, name } of files) {
    expect(readFileSync(join(parentPath, name), 'utf8'), name).not.toMatch(/swordfish|c3dvcmRmaXNo/);
  }
});

test('says which claims there are, and names the environment where it must', async () => {
  const unknown = await runOn(config(), ['seal', 'cart/bd', '--cert', 'none.pem'], project());
  expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('Did you mean `cart/db`?') });
  const several = await runOn(config(), ['seal', 'cart/db', '--cert', 'none.pem'], project());
  expect(several.err).toContain('one of `production`, `staging`');
  const file = await runOn(
    config(),
    ['seal', 'cart/db', '--env', 'staging', '--cert', 'none.pem'],
    project(),
  );
  expect(file.err).toMatch(/certificate-unavailable {2}none\.pem[\s\S]*ENOENT/);
  const list = await runOn(config(), ['seal', '--list'], project());
  expect(list).toMatchObject({ code: 0, err: '2 claims, 4 keys, 4 to be sealed\n' });
  const bare = new Platform('acme', { environments: { production: {} } });
  const make = () => defineConfig({ project: 'cart', applications: { cart: Cart }, platform: bare });
  const unsupplied = await runOn(make, ['seal', 'cart/db'], project());
  expect(unsupplied.err).toMatch(/claim-unknown[\s\S]*claim-unsupplied/);
});
