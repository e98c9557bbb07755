import { execFileSync } from 'node:child_process';
import { createPublicKey, randomBytes, webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encryptSecretItem } from '@linode/kubeseal-encrypt';
import { assert, asyncProperty, constantFrom, record, sample, stringMatching, uint8Array } from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { makeCertificate, missingProgram, type MadeCertificate } from '../../../../test/certificates.ts';
import { temporary } from '../../../../test/temporary.ts';
import { readCertificate } from './certificate.ts';
import { sealValue } from './seal-value.ts';
import { encryptionLabel, SEALING_SCOPES } from './sealing.ts';

const noOpenssl = missingProgram('openssl', 'version');
const noPython = missingProgram('python3', '-c', 'import cryptography');
for (const missing of [noOpenssl, noPython]) if (missing !== undefined) console.log(`not run: ${missing}`);

const folder = temporary();
let made: MadeCertificate;
beforeEach(() => {
  if (noOpenssl === undefined) made = makeCertificate(folder(), 'cluster');
});

/** The key as `strake seal` has it: from a certificate. */
function publicKey() {
  return readCertificate(made.pem, { place: 'cluster.crt', fingerprint: undefined, now: new Date() })
    .publicKey;
}

const name = stringMatching(/^[a-z0-9]([-a-z0-9.]{0,60}[a-z0-9])?$/);
const sealings = record({ name, namespace: name, scope: constantFrom(...SEALING_SCOPES) });

interface Case {
  readonly label: string;
  readonly sealed: string;
}

const UNSEAL = `
import base64, json, sys
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
key = serialization.load_pem_private_key(open(sys.argv[1], 'rb').read(), None)
def unseal(label, sealed):
    blob = base64.b64decode(sealed, validate=True)
    end = 2 + int.from_bytes(blob[:2], 'big')
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), label.encode())
    try:
        return base64.b64encode(AESGCM(key.decrypt(blob[2:end], oaep)).decrypt(bytes(12), blob[end:], None)).decode()
    except Exception:
        return None
print(json.dumps([unseal(each['label'], each['sealed']) for each in json.load(sys.stdin)]))
`;

/** What Python's cryptography reads; null where it cannot. */
function unsealedByPython(cases: readonly Case[]): (Buffer | null)[] {
  const printed = execFileSync('python3', ['-c', UNSEAL, made.key], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  return JSON.parse(printed).map((each: string | null) =>
    each === null ? null : Buffer.from(each, 'base64'),
  );
}

/** What openssl reads. Its command has no GCM, whose ciphertext is that of CTR from the second block on. */
function unsealedByOpenssl({ label, sealed }: Case): Buffer {
  const blob = Buffer.from(sealed, 'base64');
  const end = 2 + blob.readUInt16BE();
  const file = join(folder(), 'session');
  writeFileSync(file, blob.subarray(2, end));
  const options = ['rsa_padding_mode:oaep', 'rsa_oaep_md:sha256', 'rsa_mgf1_md:sha256'];
  if (label !== '') options.push(`rsa_oaep_label:${Buffer.from(label).toString('hex')}`);
  const words = ['pkeyutl', '-decrypt', '-inkey', made.key, '-in', file];
  const session = execFileSync('openssl', [...words, ...options.flatMap((each) => ['-pkeyopt', each])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const counter = `${'0'.repeat(24)}00000002`;
  const decrypt = ['enc', '-d', '-aes-256-ctr', '-K', session.toString('hex'), '-iv', counter];
  return execFileSync('openssl', decrypt, { input: blob.subarray(end, -16) });
}

test.runIf(noOpenssl === undefined).each(SEALING_SCOPES)(
  'openssl opens what is sealed %s, under its label only',
  (scope) => {
    const value = Buffer.from('hünter2\n');
    const label = encryptionLabel({ name: 'db', namespace: 'shop', scope });
    const sealed = sealValue(publicKey(), label, value);
    expect(label).toBe({ strict: 'shop/db', 'namespace-wide': 'shop', 'cluster-wide': '' }[scope]);
    expect(unsealedByOpenssl({ label, sealed })).toEqual(value);
    expect(() => unsealedByOpenssl({ label: 'shop/other', sealed })).toThrow('pkeyutl');
  },
);

test.runIf(noOpenssl === undefined && noPython === undefined)(
  'Python opens whatever is sealed for whatever, and what another implementation seals',
  async () => {
    const key = publicKey();
    const random = sample(record({ sealing: sealings, value: uint8Array({ maxLength: 300 }) }), 60);
    const values = [
      ...random.map(({ sealing, value }) => ({ label: encryptionLabel(sealing), value: Buffer.from(value) })),
      { label: 'shop/db', value: Buffer.alloc(0) },
      { label: '', value: randomBytes(1_048_576) },
    ];
    const cases = values.map(({ label, value }) => ({ label, sealed: sealValue(key, label, value) }));
    const opened = unsealedByPython(cases);
    expect(opened).toHaveLength(values.length);
    for (const [index, { value }] of values.entries()) expect(opened[index]?.equals(value)).toBe(true);
    const other = await encryptSecretItem(
      key.export({ type: 'spki', format: 'pem' }).toString(),
      'shop',
      'hünter2',
    );
    const own = sealValue(key, 'shop', Buffer.from('hünter2'));
    expect(own).toHaveLength(other.length);
    expect(own.slice(0, 2)).toBe(other.slice(0, 2));
    const both = [other, own].map((sealed) => ({ label: 'shop', sealed }));
    expect(unsealedByPython(both).map(String)).toEqual(['hünter2', 'hünter2']);
    expect(unsealedByPython([{ label: 'shop/db', sealed: own }])).toEqual([null]);
  },
);

test.runIf(noOpenssl === undefined)('WebCrypto opens whatever is sealed, and no two are alike', async () => {
  const { keyPem } = made;
  const key = publicKey();
  const der = Buffer.from(keyPem.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  const rsa = { name: 'RSA-OAEP', hash: 'SHA-256' };
  const privateKey = await webcrypto.subtle.importKey('pkcs8', der, rsa, false, ['decrypt']);
  await assert(
    asyncProperty(sealings, uint8Array({ maxLength: 2000 }), async (sealing, value) => {
      const label = encryptionLabel(sealing);
      const sealed = sealValue(key, label, value);
      const blob = Buffer.from(sealed, 'base64');
      const end = 2 + blob.readUInt16BE();
      const session = await webcrypto.subtle.decrypt(
        { name: 'RSA-OAEP', label: Buffer.from(label) },
        privateKey,
        blob.subarray(2, end),
      );
      const aes = await webcrypto.subtle.importKey('raw', session, 'AES-GCM', false, ['decrypt']);
      const opened = await webcrypto.subtle.decrypt(
        { name: 'AES-GCM', iv: new Uint8Array(12) },
        aes,
        blob.subarray(end),
      );
      expect(Buffer.from(opened).equals(Buffer.from(value))).toBe(true);
      expect(sealValue(key, label, value)).not.toBe(sealed);
    }),
    { numRuns: 60 },
  );
  expect(createPublicKey(made.pem).equals(key)).toBe(true);
});
