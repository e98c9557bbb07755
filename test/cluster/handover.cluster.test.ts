import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { WebService } from '@strake/components';
import { Application, defineConfig, defineOperations } from '@strake/core';
import { autoscale, replicas, resources } from '@strake/traits';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest';
import { runOn } from '../laws/in-process.ts';
import { temporary } from '../temporary.ts';
import { tool } from '../tools/kubernetes-tools.ts';
import { type Applied, applyManifests } from './apply.ts';
import { manifestsIn } from './manifests.ts';
import { readObject } from './objects.ts';

const cluster = inject('cluster');
const work = temporary();

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'nginx:1.27.1', ports: { http: 80 } });
}

const request = resources({ requests: { cpu: '100m' } });

function config(trait: ReturnType<typeof replicas | typeof autoscale>) {
  const operations = [defineOperations(Shop, ({ web }) => void web.attach(request, trait))];
  return () => defineConfig({ project: 'shop', applications: { shop: Shop }, operations });
}

const counted = config(replicas({ count: 4 }));
const scaled = config(autoscale({ min: 2, max: 9, cpu: 80 }));

const WEB = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' };

const applied: Applied[] = [];

/** Applies the Deployment in the repository, as Flux would. */
async function sync(): Promise<void> {
  const file = join(work(), 'gitops/environments/default/shop/deployment-web.yaml');
  const one = await applyManifests(cluster, manifestsIn(readFileSync(file, 'utf8')));
  applied.push(one);
  if (one.complaints.length > 0) throw new Error(one.complaints.join('\n'));
}

beforeAll(() => {
  const kubectl = tool('kubectl');
  if ('missing' in kubectl) throw new Error(kubectl.missing);
  vi.stubEnv('PATH', `${dirname(kubectl.path)}${delimiter}${process.env['PATH']}`);
  vi.stubEnv('KUBECONFIG', cluster.kubeconfig);
});
afterAll(() => vi.unstubAllEnvs());

let command = '';
beforeEach(async () => {
  await runOn(counted, ['synth'], work());
  await sync();
  const refused = await runOn(scaled, ['synth'], work());
  command = /Run `(.+?)` in the cluster/.exec(refused.err)?.[1] ?? '';
  if (command === '') throw new Error(refused.err);
  await runOn(scaled, ['synth', '--force'], work());
});
afterEach(async () => {
  for (const one of applied.splice(0)) await one.remove();
});

test('a count that an autoscaler takes over falls to one', async () => {
  await sync();
  expect(await readObject(cluster, WEB)).toHaveProperty('spec.replicas', 1);
});

test('it stays after the command of the finding, and belongs to the autoscaler once that acts', async () => {
  const handed = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
  expect(handed).toMatchObject({ status: 0, stderr: '' });
  await sync();
  expect(await readObject(cluster, WEB)).toHaveProperty('spec.replicas', 4);
  const scale = ['scale', '--namespace=shop', 'deployment/web', '--replicas=6'];
  expect(spawnSync('kubectl', scale, { encoding: 'utf8' })).toMatchObject({ status: 0 });
  await sync();
  expect(await readObject(cluster, WEB)).toHaveProperty('spec.replicas', 6);
});
