import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import type { JsonObject } from '@strake/core';
import { emit } from '@strake/gitops';
import { afterAll, expect, inject, test, vi } from 'vitest';
import * as z from 'zod';
import { adoptedBoutique, adoptedOrders, type Adopted } from '../adoption/adopted.ts';
import { runOn } from '../laws/in-process.ts';
import { tool } from '../tools/kubernetes-tools.ts';
import { applyText, deleteObject, readObject } from './objects.ts';

const cluster = inject('cluster');
const work = mkdtempSync(join(tmpdir(), 'strake-adoption-'));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(work, { recursive: true, force: true });
});

const LIVE = ['diff', '--live', '--no-check', '--kubeconfig', cluster.kubeconfig, '--context', 'tests'];

const stored = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    uid: z.string(),
    generation: z.number().optional(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
});

const identity = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string() }),
});

/** What of an object must stay: all but labels, and what the server notes down of who wrote it. */
async function kept({ name: namespace }: Adopted, each: JsonObject) {
  const { apiVersion, kind, metadata } = identity.parse(each);
  const read = await readObject(cluster, { apiVersion, kind, name: metadata.name, namespace });
  const { metadata: found, ...rest } = stored.parse(read);
  const { uid, generation, labels } = found;
  return { object: `${kind}/${metadata.name}`, labels, kept: { ...rest, uid, generation } };
}

/** Applies what runs as a person did it for years, with kubectl's client-side apply. */
function applied({ name, running }: Adopted): void {
  const kubectl = tool('kubectl');
  if ('missing' in kubectl) throw new Error(kubectl.missing);
  const file = join(work, `${name}.yaml`);
  writeFileSync(file, running.map((each) => emit(each)).join('---\n'));
  const words = ['--kubeconfig', cluster.kubeconfig, '-n', name, 'apply', '-f', file];
  const { status, stderr } = spawnSync(kubectl.path, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** The lines of `strake diff --live` that name a value. */
async function differing({ config }: Adopted): Promise<string[]> {
  const kubectl = tool('kubectl');
  if ('missing' in kubectl) throw new Error(kubectl.missing);
  vi.stubEnv('PATH', `${dirname(kubectl.path)}${delimiter}${process.env['PATH']}`);
  const { out, err, code, defect } = await runOn(() => config, LIVE, work);
  expect(defect).toBeUndefined();
  expect([0, 1], err).toContain(code);
  return out.split('\n').filter((line) => /^[+-] |^ {4}/.test(line));
}

const cases = [adoptedOrders(), adoptedBoutique()].filter((each) => each !== undefined);

test.each(cases)(
  'the API server sees no change of $name but labels when it is taken over',
  async (adopted) => {
    const { name, running, rendered } = adopted;
    const namespace = { apiVersion: 'v1', kind: 'Namespace', name };
    await applyText(cluster, `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`);
    applied(adopted);
    const before = [];
    for (const each of running) before.push(await kept(adopted, each));
    const announced = await differing(adopted);
    expect(
      announced.filter(
        (line) => !/^ {4}metadata\.labels(\[app\.kubernetes\.io\/[a-z-]+\])?: none → /.test(line),
      ),
    ).toEqual([]);
    expect(announced.length).toBeGreaterThan(running.length);
    await applyText(cluster, rendered.objects.map((each) => emit(each)).join('---\n'));
    expect(await differing(adopted)).toEqual([]);
    let generations = 0;
    for (const [index, each] of running.entries()) {
      const after = await kept(adopted, each);
      expect.soft(after.kept, after.object).toEqual(before[index]?.kept);
      expect.soft(after.labels, after.object).toMatchObject(before[index]?.labels ?? {});
      expect.soft(after.labels?.['app.kubernetes.io/managed-by'], after.object).toBe('strake');
      if (after.kept.generation === 1) generations += 1;
    }
    console.log(`${name}: ${running.length} objects taken over, ${generations} still of generation 1`);
    await deleteObject(cluster, namespace);
  },
);
