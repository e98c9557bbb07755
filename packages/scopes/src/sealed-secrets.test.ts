import {
  constants,
  createCipheriv,
  createDecipheriv,
  generateKeyPairSync,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { SecretClaim, WebService } from '@strake/components';
import {
  Application,
  Claim,
  defineComponent,
  Platform,
  propertiesOf,
  render,
  type JsonValue,
} from '@strake/core';
import { expect, test } from 'vitest';
import { sealedSecrets, type SealedSecretsProperties } from './sealed-secrets.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
const NONCE = Buffer.alloc(12);

/** Seals as kubeseal does. */
function seal(plain: string, label: string): string {
  const session = randomBytes(32);
  const key = publicEncrypt({ key: publicKey, ...padding, oaepLabel: Buffer.from(label) }, session);
  const cipher = createCipheriv('aes-256-gcm', session, NONCE);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(key.length);
  return Buffer.concat([length, key, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString(
    'base64',
  );
}

/** Unseals as the controller does: the scope comes from the annotations of the SealedSecret. */
function unseal(object: SealedSecret, key: string): string {
  const { name, namespace, annotations = {} } = object.metadata;
  const isWide = (scope: string) => annotations[`sealedsecrets.bitnami.com/${scope}`] === 'true';
  const label = isWide('cluster-wide') ? '' : isWide('namespace-wide') ? namespace : `${namespace}/${name}`;
  const blob = Buffer.from(object.spec.encryptedData[key] ?? '', 'base64');
  const start = 2 + blob.readUInt16BE();
  const session = privateDecrypt(
    { key: privateKey, ...padding, oaepLabel: Buffer.from(label) },
    blob.subarray(2, start),
  );
  const decipher = createDecipheriv('aes-256-gcm', session, NONCE);
  decipher.setAuthTag(blob.subarray(-16));
  return Buffer.concat([decipher.update(blob.subarray(start, -16)), decipher.final()]).toString();
}

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface SealedSecret {
  readonly metadata: Metadata;
  readonly spec: {
    readonly encryptedData: Readonly<Record<string, string>>;
    readonly template: { readonly metadata: Metadata; readonly type: string };
  };
}

class Cart extends Application {
  readonly db = new SecretClaim(this, 'db', { keys: ['USER', 'PASSWORD'] });
  readonly web = new WebService(this, 'web', {
    image: 'cart:1',
    ports: { http: 8080 },
    env: { PASSWORD: this.db.key('PASSWORD') },
  });
}

function renderSealed(file: JsonValue | undefined, properties: SealedSecretsProperties = {}) {
  const platform = new Platform('acme', { environments: { live: { namespace: 'shop' } } }).supply(
    sealedSecrets(properties),
  );
  const inputs = new Map(file === undefined ? [] : [['sealed/live/cart/db', file]]);
  const { applications, findings } = render(
    { project: 'cart', applications: { cart: Cart }, platform },
    { inputs },
  );
  const manifests = applications.flatMap((each) => each.manifests.map(({ object }) => object));
  const found = manifests.find(({ kind }) => kind === 'SealedSecret');
  return { findings, object: found as unknown as SealedSecret | undefined };
}

function sealedFile(
  given: { readonly name?: string; readonly namespace?: string; readonly scope?: string } = {},
) {
  const sealed = { name: 'db', namespace: 'shop', scope: 'strict', ...given };
  const labels: Readonly<Record<string, string>> = { 'cluster-wide': '', 'namespace-wide': sealed.namespace };
  const label = labels[sealed.scope] ?? `${sealed.namespace}/${sealed.name}`;
  return { ...sealed, encryptedData: { USER: seal('cart', label), PASSWORD: seal('hünter2', label) } };
}

test.each<[NonNullable<SealedSecretsProperties['scope']>, Readonly<Record<string, string>> | undefined]>([
  ['strict', undefined],
  ['namespace-wide', { 'sealedsecrets.bitnami.com/namespace-wide': 'true' }],
  ['cluster-wide', { 'sealedsecrets.bitnami.com/cluster-wide': 'true' }],
])('writes a %s SealedSecret that the controller can unseal', (scope, annotations) => {
  const { object, findings } = renderSealed(sealedFile({ scope }), { scope });
  expect(findings).toEqual([]);
  const metadata = {
    name: 'db',
    namespace: 'shop',
    labels: {
      'app.kubernetes.io/name': 'db',
      'app.kubernetes.io/part-of': 'cart',
      'app.kubernetes.io/managed-by': 'strake',
    },
    ...(annotations === undefined ? {} : { annotations }),
  };
  expect(object).toMatchObject({ apiVersion: 'bitnami.com/v1alpha1', metadata });
  expect(object?.spec.template).toEqual({ metadata, type: 'Opaque' });
  expect(object && unseal(object, 'PASSWORD')).toBe('hünter2');
  expect(object && unseal(object, 'USER')).toBe('cart');
});

test('accepts values that are sealed for a narrower scope than is allowed', () => {
  const { object, findings } = renderSealed(sealedFile(), { scope: 'cluster-wide' });
  expect(findings).toEqual([]);
  expect(object?.metadata).toHaveProperty('name', 'db');
  expect(object?.metadata.annotations).toBeUndefined();
});

test('says which file to create when a claim has none', () => {
  const { findings, object } = renderSealed(undefined);
  expect(object).toBeUndefined();
  expect(findings.map(({ code, path, written, fix }) => ({ code, path, written, fix }))).toEqual([
    {
      code: 'secret-unsealed',
      path: 'cart/db',
      written: '`sealed/live/cart/db.yaml` does not exist',
      fix: 'Run `strake seal cart/db --env live`, and commit the file that it writes.',
    },
  ]);
});

test('names the claimed keys that the file lacks', () => {
  const file = sealedFile();
  const { findings } = renderSealed({ ...file, encryptedData: { USER: file.encryptedData.USER } });
  expect(findings.map(({ code, written }) => `${code}: ${written}`)).toEqual([
    'secret-unsealed: `sealed/live/cart/db.yaml` lacks `PASSWORD`',
  ]);
});

test.each<[string, Parameters<typeof sealedFile>[0], SealedSecretsProperties]>([
  ['another name', { name: 'database' }, {}],
  ['another namespace', { namespace: 'cart' }, {}],
  [
    'another namespace as a whole',
    { namespace: 'cart', scope: 'namespace-wide' },
    { scope: 'namespace-wide' },
  ],
  ['a wider scope than is allowed', { scope: 'cluster-wide' }, { scope: 'namespace-wide' }],
])('refuses values that are sealed for %s', (_, given, properties) => {
  const { findings, object } = renderSealed(sealedFile(given), properties);
  expect(object).toBeUndefined();
  expect(findings.map(({ code, fix }) => [code, fix])).toEqual([
    ['secret-stale', 'Seal them again: `strake seal cart/db --env live`.'],
  ]);
});

test('does not mind the name that values for a namespace were sealed under', () => {
  const { findings } = renderSealed(sealedFile({ name: 'old', scope: 'namespace-wide' }), {
    scope: 'namespace-wide',
  });
  expect(findings).toEqual([]);
});

test('leaves out what nobody claims, and says so', () => {
  const file = sealedFile();
  const { findings, object } = renderSealed({
    ...file,
    encryptedData: { ...file.encryptedData, TOKEN: seal('x', 'shop/db') },
  });
  expect(Object.keys(object?.spec.encryptedData ?? {})).toEqual(['PASSWORD', 'USER']);
  expect(findings.map(({ severity, written }) => `${severity}: ${written}`)).toEqual([
    'warning: `sealed/live/cart/db.yaml` has `TOKEN`, which nobody claims and which the Secret will not have',
  ]);
});

test('names every part of a file that has another form, and quotes none of its values', () => {
  const { findings, object } = renderSealed({
    name: 'db',
    scope: 'global',
    comment: 'swordfish',
    encryptedData: {
      'A KEY': seal('x', ''),
      USER: 'swordfish',
      PASSWORD: Buffer.from('swordfish').toString('base64'),
      PIN: 1234,
    },
  });
  expect(object).toBeUndefined();
  expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['input-invalid']));
  expect(findings.map(({ written }) => written.slice(0, written.indexOf(' of ')))).toEqual([
    '`comment`',
    '`encryptedData.A KEY`',
    '`encryptedData.PASSWORD`',
    '`encryptedData.PIN`',
    '`encryptedData.USER`',
    '`namespace`',
    '`scope`',
  ]);
  const said = JSON.stringify(findings);
  expect(said).not.toMatch(/swordfish|c3dvcmRmaXNo|1234|global/);
});

test('says of a manifest that kubeseal wrote, once, how it is taken over', () => {
  const { name, namespace, encryptedData } = sealedFile();
  const { findings } = renderSealed({
    kind: 'SealedSecret',
    apiVersion: 'bitnami.com/v1alpha1',
    metadata: { name, namespace },
    spec: { encryptedData, template: { metadata: { name, namespace } } },
  });
  expect(findings.map(({ code, fix }) => `${code}: ${fix}`)).toEqual([
    'input-invalid: Run `strake seal cart/db --env live --import sealed/live/cart/db.yaml`, which takes the sealed values over.',
  ]);
});

test('says which values were sealed with another certificate than the environment has', () => {
  const [now, before] = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`);
  const file = { ...sealedFile(), certificates: { USER: now ?? '', PASSWORD: before ?? '' } };
  const certificate = { file: 'live.pem', ...(now && { fingerprint: now }) };
  const { findings, object } = renderSealed(file, { certificate });
  expect(object).toBeDefined();
  expect(findings.map(({ code, severity, written }) => `${severity}: ${code}: ${written}`)).toEqual([
    'warning: secret-stale: `PASSWORD` of `sealed/live/cart/db.yaml` is sealed with another certificate',
  ]);
  expect(renderSealed(file, { certificate: { file: 'live.pem' } }).findings).toEqual([]);
  const unknown = renderSealed({ ...file, certificates: { USER: 'sha1:ab' } });
  expect(unknown.findings.map(({ written }) => written)).toEqual([
    '`certificates.USER` of `sealed/live/cart/db.yaml` is missing, unknown or of another form',
  ]);
});

test.each([
  ['http', { url: 'http://seal.example.com/cert.pem', fingerprint: `sha256:${'a'.repeat(64)}` }],
  ['credentials', { url: 'https://me:pass@seal.example.com/', fingerprint: `sha256:${'a'.repeat(64)}` }],
  ['another hash', { url: 'https://seal.example.com/', fingerprint: `sha1:${'a'.repeat(40)}` }],
])('refuses a certificate by %s', (_, certificate) => {
  const { findings } = renderSealed(sealedFile(), { certificate });
  expect(findings.map(({ code }) => code)).toEqual(['property-invalid']);
});

test.each([
  ['nothing', null],
  ['a list', []],
  ['a text', 'USER=cart'],
])('refuses a file with %s', (_, file) => {
  expect(renderSealed(file).findings.map(({ code, written }) => `${code}: ${written}`)).toEqual([
    'input-invalid: `sealed/live/cart/db.yaml` has another form',
  ]);
});

test('quotes no ciphertext in any finding', () => {
  const file = sealedFile({ name: 'other' });
  const said = JSON.stringify(
    renderSealed({ ...file, encryptedData: { PASSWORD: file.encryptedData.PASSWORD } }).findings,
  );
  expect(said).not.toContain(file.encryptedData.PASSWORD.slice(0, 12));
});

test('leaves claims of another kind to other scopes', () => {
  class Bucket extends defineComponent({
    name: 'bucket',
    package: '@acme/components',
    summary: 'Claims a bucket.',
    properties: propertiesOf<{}>()({}),
    offers: [Claim],
    build: ({ name }) => ({ claim: { kind: 'bucket', name, keys: [] } }),
  }) {}
  class Files extends Application {
    readonly bucket = new Bucket(this, 'bucket');
  }
  const platform = new Platform('acme', { environments: { live: {} } }).supply(sealedSecrets());
  const { findings } = render({ project: 'files', applications: { files: Files }, platform });
  expect(findings.map(({ code }) => code)).toEqual(['claim-unsupplied']);
});
