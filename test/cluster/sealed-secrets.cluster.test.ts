import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ROOT } from '../files.ts';
import { eventually } from './eventually.ts';
import { type Cluster, startCluster } from './harness.ts';
import { applyText, readObject } from './objects.ts';
import { isWarm } from './suite.ts';

const CART = join(ROOT, 'examples', 'cart');
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

/** The key pair that the example was sealed for, as the controller keeps its own. */
function sealingKey(): string {
  const encoded = (name: string): string => readFileSync(join(CART, 'sealing-key', name)).toString('base64');
  return `
apiVersion: v1
kind: Secret
metadata:
  name: sealing-key
  namespace: kube-system
  labels: { sealedsecrets.bitnami.com/sealed-secrets-key: active }
type: kubernetes.io/tls
data:
  tls.crt: ${encoded('example-only.crt')}
  tls.key: ${encoded('example-only.key')}
`;
}

describe.runIf(isWarm('sealed-secrets', ['sealed-secrets']))('with the controller of sealed-secrets', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster();
    await applyText(cluster, sealingKey());
    await cluster.with(['sealed-secrets']);
    await applyText(cluster, 'apiVersion: v1\nkind: Namespace\nmetadata: { name: cart }\n');
    await applyText(cluster, rendered());
  });

  afterAll(() => cluster?.stop());

  function rendered(): string {
    const folder = join(CART, 'gitops', 'environments', 'production', 'cart');
    return readFileSync(join(folder, 'sealedsecret.bitnami.com-redis-connection.yaml'), 'utf8');
  }

  test('the rendered SealedSecret is unsealed to a Secret of its own', async () => {
    const read = (): Promise<unknown> => readObject(cluster, { apiVersion: 'v1', kind: 'Secret', ...NAME });
    const { data, metadata, type } = secret.parse(await eventually('the Secret is there', read));
    expect(data).toEqual({ password: Buffer.from('example-password-of-production').toString('base64') });
    expect(type).toBe('Opaque');
    expect(metadata.ownerReferences).toMatchObject([{ kind: 'SealedSecret', name: 'redis-connection' }]);
    expect(metadata.labels['app.kubernetes.io/part-of']).toBe('cart');
  });

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
