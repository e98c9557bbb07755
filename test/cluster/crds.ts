import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { ROOT } from '../files.ts';
import { type ApiServer, ask } from './api.ts';
import { applyManifests } from './apply.ts';
import { manifestsOf } from './manifests.ts';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const ESTABLISHED_WITHIN_MS = 60_000;

const definitions = z.looseObject({
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({ name: z.string() }),
      status: z
        .looseObject({ conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).optional() })
        .optional(),
    }),
  ),
});

/** Folder of the CustomResourceDefinitions of other projects, as those projects publish them. */
export function crdFolder(): string {
  return process.env['STRAKE_TEST_CRDS'] ?? join(ROOT, '..', 'shared', 'crds');
}

/** Installs the CustomResourceDefinitions of the folder and waits until the server serves them: how many. */
export async function installCrds(server: ApiServer, folder = crdFolder()): Promise<number> {
  if (!existsSync(folder)) {
    console.error(`no CustomResourceDefinitions at ${folder}: objects of other projects will be rejected`);
    return 0;
  }
  const manifests = manifestsOf(folder);
  const { verdicts } = await applyManifests(server, manifests);
  const rejected = verdicts.flatMap(({ object, rejected }) => (rejected === undefined ? [] : `${object}: ${rejected}`));
  if (rejected.length > 0) throw new Error(rejected.join('\n'));
  await untilEstablished(server);
  return manifests.length;
}

async function untilEstablished(server: ApiServer): Promise<void> {
  const deadline = Date.now() + ESTABLISHED_WITHIN_MS;
  for (;;) {
    const waiting = await notEstablished(server);
    if (waiting.length === 0) return;
    if (Date.now() > deadline) throw new Error(`not established: ${waiting.join(', ')}`);
    await sleep(200);
  }
}

async function notEstablished(server: ApiServer): Promise<string[]> {
  const { items } = definitions.parse((await ask(server, 'GET', DEFINITIONS)).body);
  return items
    .filter(({ status }) => !status?.conditions?.some((one) => one.type === 'Established' && one.status === 'True'))
    .map(({ metadata }) => metadata.name);
}
