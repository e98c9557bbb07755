import { test } from 'vitest';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startCluster } from './harness.ts';
import { crdFolder } from './crds.ts';
import { tool } from '../tools/kubernetes-tools.ts';
test('x', async () => {
  const c = await startCluster();
  try {
  const k = tool('kubectl'); if ('missing' in k) throw 1;
  const t0 = Date.now();
  const files = readdirSync(crdFolder(), { recursive: true, encoding: 'utf8' }).filter((n) => n.endsWith('.yaml')).map((n) => join(crdFolder(), n));
  const run = (...a: string[]) => execFileSync(k.path, ['--kubeconfig', c.kubeconfig, ...a], { encoding: 'utf8' });
  run('apply', '--server-side', '--validate=false', '--field-manager=x', ...files.map((f) => `-f=${f}`));
  const t1 = Date.now();
  run('wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s');
  console.log('apply', t1 - t0, 'wait', Date.now() - t1);
  } finally { await c.stop(); }
}, 200000);
