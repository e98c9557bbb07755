import { execFileSync, spawnSync } from 'node:child_process';
import { constants, createDecipheriv, privateDecrypt } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { filesBelow, ROOT } from './files.ts';
import { tool } from './tools/kubernetes-tools.ts';

const STRAKE = join(ROOT, 'packages', 'strake', 'bin', 'strake.js');
const CART = join(ROOT, 'examples', 'cart');
const temporary = mkdtempSync(join(tmpdir(), 'strake-examples-'));
const rendered = join(temporary, 'cart');

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

function strake(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, [STRAKE, ...words], {
    cwd: CART,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
}

/** Every file of a folder with its bytes. */
function bytesOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map((file) => {
      const path = join(file.parentPath, file.name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
    }),
  );
}

function read(path: string) {
  return parse(readFileSync(join(rendered, 'environments', path), 'utf8'));
}

test('strake synth writes the whole cart into a new repository', () => {
  // A CI system is no terminal, though some libraries print colours there.
  const { status, stdout, stderr } = strake(['synth', '--out', rendered], { CI: 'true' });
  expect({ status, errors: stderr.replace(/^changed 54 files in .* \(\d+ ms\)\n$/, '') }).toEqual({
    status: 0,
    errors: '',
  });
  expect(stdout).toBe(
    [
      'staging     cart        18 added  0 changed  0 removed  0 unchanged',
      'staging     platform     8 added  0 changed  0 removed  0 unchanged',
      'production  cart        19 added  0 changed  0 removed  0 unchanged',
      'production  platform     8 added  0 changed  0 removed  0 unchanged',
      '            CODEOWNERS   1 added  0 changed  0 removed  0 unchanged',
      '',
    ].join('\n'),
  );
});

test('what is written is what stands in the example', () => {
  expect(bytesOf(rendered)).toEqual(bytesOf(join(CART, 'gitops')));
  expect(strake(['synth', '--verify']).status).toBe(0);
});

test('a second synth touches no file', () => {
  const times = () =>
    Object.keys(bytesOf(rendered)).map((file) => `${file} ${statSync(join(rendered, file)).mtimeMs}`);
  const before = times();
  expect(strake(['synth', '--out', rendered]).stdout).toContain(
    '0 added  0 changed  0 removed  18 unchanged',
  );
  expect(times()).toEqual(before);
});

test('locale, time zone and folder do not matter to the bytes', () => {
  const [here, there] = [join(temporary, 'c'), join(temporary, 'a folder', 'tr')];
  expect(strake(['synth', '--out', here], { LC_ALL: 'C', TZ: 'UTC' }).status).toBe(0);
  expect(strake(['synth', '--out', there], { LC_ALL: 'tr_TR.UTF-8', TZ: 'Asia/Tokyo' }).status).toBe(0);
  expect(bytesOf(here)).toEqual(bytesOf(there));
});

test('verify fails when somebody changed a file, and synth refuses to overwrite it', () => {
  const edited = join(temporary, 'edited');
  cpSync(rendered, edited, { recursive: true });
  const file = join(edited, 'environments/production/cart/deployment-web.yaml');
  execFileSync('sed', ['-i', 's/replicas: 3/replicas: 5/', file]);
  const { status, stderr } = strake(['synth', '--out', edited]);
  expect(status).toBe(2);
  expect(stderr).toContain('file-edited');
  expect(readFileSync(file, 'utf8')).toContain('replicas: 5');
  expect(strake(['synth', '--force', '--out', edited]).status).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain('replicas: 3');
});

test('verify exits with 1 when the code renders something else', () => {
  const other = join(temporary, 'other');
  expect(strake(['synth', '--out', other, '--env', 'staging']).status).toBe(0);
  const { status, stdout } = strake(['synth', '--verify', '--out', other]);
  expect(status).toBe(1);
  expect(stdout).toContain('added      environments/production/cart/deployment-web.yaml');
});

test('production holds what the design document asks for', () => {
  const kinds = filesBelow('examples/cart/gitops/environments/production/cart')
    .filter((file) => !/(kustomization\.yaml|strake\.facts\.json)$/.test(file))
    .map((file) => parse(readFileSync(join(ROOT, file), 'utf8')).kind);
  const claimed = read('production/cart/statefulset-redis.yaml').spec.volumeClaimTemplates[0].kind;
  expect(new Set([...kinds, claimed])).toEqual(
    new Set([
      'ConfigMap',
      'Deployment',
      'DestinationRule',
      'NetworkPolicy',
      'PersistentVolumeClaim',
      'PodDisruptionBudget',
      'SealedSecret',
      'Service',
      'StatefulSet',
      'VirtualService',
    ]),
  );
  const { replicas, template } = read('production/cart/deployment-web.yaml').spec;
  expect(replicas).toBe(3);
  expect(read('staging/cart/deployment-web.yaml').spec.replicas).toBe(1);
  expect(template.spec.affinity.nodeAffinity).toBeDefined();
  expect(template.spec.tolerations).toHaveLength(1);
});

test('the component written with cdk8s-plus gets traits like any other', () => {
  const { replicas, template } = read('production/cart/deployment-reports.yaml').spec;
  expect(replicas).toBe(1);
  expect(template.spec.containers[0].resources).toEqual({ requests: { cpu: '50m', memory: '64Mi' } });
});

test.each(['staging', 'production'])(
  'the sealed password of %s can be opened with the key of the example',
  (environment) => {
    const { spec, metadata } = read(`${environment}/cart/sealedsecret.bitnami.com-redis-connection.yaml`);
    const sealed = Buffer.from(spec.encryptedData.password, 'base64');
    const length = sealed.readUInt16BE();
    const key = privateDecrypt(
      {
        key: readFileSync(join(CART, 'sealing-key', 'example-only.key')),
        padding: constants.RSA_PKCS1_OAEP_PADDING,
        oaepHash: 'sha256',
        oaepLabel: Buffer.from(`${metadata.namespace}/${metadata.name}`),
      },
      sealed.subarray(2, 2 + length),
    );
    const cipher = createDecipheriv('aes-256-gcm', key, Buffer.alloc(12));
    cipher.setAuthTag(sealed.subarray(-16));
    const opened = Buffer.concat([cipher.update(sealed.subarray(2 + length, -16)), cipher.final()]);
    expect(opened.toString()).toBe(`example-password-of-${environment}`);
  },
);

const kubectl = tool('kubectl');

test.each(['staging/cart', 'staging/platform', 'production/cart', 'production/platform'])(
  'kubectl kustomize builds %s to the objects that are in it',
  (folder) => {
    if ('missing' in kubectl) {
      console.log(`kubectl kustomize: not run (${kubectl.missing})`);
      return;
    }
    const path = join(rendered, 'environments', folder);
    const built = execFileSync(kubectl.path, ['kustomize', path], { encoding: 'utf8' });
    const objects = filesBelow(`examples/cart/gitops/environments/${folder}`).filter(
      (file) => !/(kustomization\.yaml|strake\.facts\.json)$/.test(file),
    ).length;
    expect(parseAllDocuments(built)).toHaveLength(objects);
  },
);

test('hello is one file of at most fifteen lines of code, and renders', () => {
  const lines = readFileSync(join(ROOT, 'examples/hello/strake.config.ts'), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  expect(lines.length).toBeLessThanOrEqual(15);
  const out = join(temporary, 'hello');
  const { status } = spawnSync(process.execPath, [STRAKE, 'synth', '--out', out], {
    cwd: join(ROOT, 'examples/hello'),
  });
  expect(status).toBe(0);
  expect(Object.keys(bytesOf(join(out, 'environments'))).toSorted()).toEqual([
    'default/hello/deployment-web.yaml',
    'default/hello/kustomization.yaml',
    'default/hello/service-web.yaml',
    'default/hello/strake.facts.json',
  ]);
});

test('the Online Boutique passes every check, and what it renders is what stands in the example', () => {
  const folder = join(ROOT, 'examples', 'online-boutique');
  const run = (...words: string[]) =>
    spawnSync(process.execPath, [STRAKE, ...words], { cwd: folder, encoding: 'utf8' });
  expect(run('check')).toMatchObject({ status: 0, stdout: 'no findings in 105 objects\n' });
  expect(run('synth', '--verify').status).toBe(0);
  const out = join(temporary, 'online-boutique');
  expect(run('synth', '--out', out).status).toBe(0);
  expect(bytesOf(out)).toEqual(bytesOf(join(folder, 'gitops')));
  expect(run('synth', '--out', out).stdout).not.toMatch(/[1-9]\d* (added|changed|removed)/);
});
