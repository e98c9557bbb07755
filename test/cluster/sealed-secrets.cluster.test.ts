import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ROOT } from '../files.ts';
import { createOwnFolder } from './cluster-folder.ts';
import { eventually } from './eventually.ts';
import { type Cluster, startCluster } from './harness.ts';
import { applyText, readObject } from './objects.ts';
import { sealingKey } from './sealing-key.ts';
import { isWarm } from './suite.ts';

const CART = join(ROOT, 'examples', 'cart');
const SEALED_FILE = 'sealed/production/cart/redis-connection.yaml';
const RENDERED_FILE = 'environments/production/cart/sealedsecret.bitnami.com-redis-connection.yaml';
const NAME = { name: 'redis-connection', namespace: 'cart' };

const secret = z.looseObject({
  metadata: z.looseObject({
    labels: z.record(z.string(), z.string()),
    ownerReferences: z.array(z.looseObject({ kind: z.string(), name: z.string() })),
  }),
  data: z.record(z.string(), z.string()),
  type: z.string(),
});
const sealedSecret = z.looseObject({
  status: z
    .looseObject({ conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).optional() })
    .optional(),
});

function encoded(text: string): string {
  return Buffer.from(text).toString('base64');
}

describe.runIf(isWarm('sealed-secrets', ['sealed-secrets']))('with the controller of sealed-secrets', () => {
  let cluster: Cluster;
  let certificateUrl: string;
  let work: string;

  beforeAll(async () => {
    work = createOwnFolder();
    cluster = await startCluster();
    await applyText(cluster, sealingKey());
    const [api] = (await cluster.with(['sealed-secrets'])).get('sealed-secrets') ?? [];
    certificateUrl = `http://127.0.0.1:${api}/v1/cert.pem`;
    await applyText(cluster, 'apiVersion: v1\nkind: Namespace\nmetadata: { name: cart }\n');
    await applyText(cluster, rendered());
  });

  afterAll(async () => {
    await cluster?.stop();
    rmSync(work, { recursive: true, force: true });
  });

  function rendered(): string {
    return readFileSync(join(CART, 'gitops', RENDERED_FILE), 'utf8');
  }

  test('the rendered SealedSecret is unsealed to a Secret of its own', async () => {
    const read = (): Promise<unknown> => readObject(cluster, { apiVersion: 'v1', kind: 'Secret', ...NAME });
    const { data, metadata, type } = secret.parse(await eventually('the Secret is there', read));
    expect(data).toEqual({ password: encoded('example-password-of-production') });
    expect(type).toBe('Opaque');
    expect(metadata.ownerReferences).toMatchObject([{ kind: 'SealedSecret', name: 'redis-connection' }]);
    expect(metadata.labels['app.kubernetes.io/part-of']).toBe('cart');
  });

  test('a value that strake seal sealed with the certificate of the controller is unsealed to that value', async () => {
    const value = `${randomBytes(12).toString('hex')}\n"ü"`;
    const project = cartProject();
    const certificate = join(project, 'cluster.pem');
    writeFileSync(certificate, await (await fetch(certificateUrl)).text());
    const words = ['seal', 'cart/redis-connection', '--env', 'production', '--key', 'password'];
    const before = readFileSync(join(project, SEALED_FILE), 'utf8');
    strake(project, [...words, '--cert', certificate, '--exact'], value);
    const after = readFileSync(join(project, SEALED_FILE), 'utf8');
    expect(after).not.toBe(before);
    expect(after).not.toContain(value);
    strake(project, ['synth', '--env', 'production', '--out', 'out']);
    await applyText(cluster, readFileSync(join(project, 'out', RENDERED_FILE), 'utf8'));
    const data = await eventually('the Secret holds another value', async () => {
      const held = secret.parse(
        await readObject(cluster, { apiVersion: 'v1', kind: 'Secret', ...NAME }),
      ).data;
      return held['password'] === encoded('example-password-of-production') ? undefined : held;
    });
    expect(data).toEqual({ password: encoded(value) });
  });

  /** A copy of the example that may be written to. */
  function cartProject(): string {
    const project = join(work, 'cart');
    cpSync(CART, project, { recursive: true, filter: (path) => !/\/(gitops|node_modules)$/.test(path) });
    symlinkSync(join(ROOT, 'node_modules'), join(work, 'node_modules'));
    return project;
  }

  /** Runs the built command in a project, as its reader would. */
  function strake(project: string, words: readonly string[], input = ''): void {
    const command = join(ROOT, 'packages', 'strake', 'bin', 'strake.js');
    const stdio = ['pipe', 'ignore', 'inherit'] as const;
    execFileSync(process.execPath, [command, ...words], { cwd: project, input, stdio: [...stdio] });
  }

  test('what was sealed for another namespace is not unsealed', async () => {
    await applyText(cluster, 'apiVersion: v1\nkind: Namespace\nmetadata: { name: other }\n');
    await applyText(cluster, rendered().replaceAll('namespace: cart', 'namespace: other'));
    const name = { name: NAME.name, namespace: 'other' };
    const status = await eventually('the controller has tried', async () => {
      const object = { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', ...name };
      const { conditions } = sealedSecret.parse(await readObject(cluster, object)).status ?? {};
      return conditions?.find(({ type }) => type === 'Synced')?.status;
    });
    expect(status).toBe('False');
    expect(await readObject(cluster, { apiVersion: 'v1', kind: 'Secret', ...name })).toBeUndefined();
  });
});
