import { expect, inject, test } from 'vitest';
import { startCluster } from './harness.ts';
import { ask } from './api.ts';
import { readFileSync } from 'node:fs';
test('probe', async () => {
  const c = await startCluster();
  try {
    await ask(c, 'POST', '/api/v1/namespaces', {
      type: 'application/json',
      body: JSON.stringify({ metadata: { name: 'cart' } }),
    });
    const yaml = readFileSync(
      '/tmp/kube/out/cart/environments/staging/cart/persistentvolumeclaim-outbox.yaml',
      'utf8',
    );
    console.log(yaml);
    const p = '/api/v1/namespaces/cart/persistentvolumeclaims/outbox';
    for (let i = 0; i < 4; i++) {
      if (i === 3) await new Promise((r) => setTimeout(r, 1500));
      const a = await ask(
        c,
        'PATCH',
        p + '?fieldManager=kustomize-controller&force=true&fieldValidation=Strict',
        { type: 'application/apply-patch+yaml', body: yaml },
      );
      console.log(JSON.stringify(a.body));
    }
  } finally {
    await c.stop();
  }
});
