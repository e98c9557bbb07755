import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { type ApiServer, ask } from './api.ts';
import { applyOnce } from './apply.ts';
import type { SentManifest } from './manifests.ts';
import { definitionsFolder } from './definitions.ts';
import { addressesOf } from './resources.ts';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const ESTABLISHED_WITHIN_MS = 120_000;
const AT_ONCE = 4;

const definition = z.looseObject({
  status: z.looseObject({
    conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).nullish(),
  }),
});

/** Folder of the CustomResourceDefinitions of other projects, as those publish them: `<group>/<Kind>.yaml`. */
export function crdFolder(): string {
  return process.env['STRAKE_TEST_CRDS'] ?? definitionsFolder();
}

/**
 * Installs the definitions of the folder, or only those of some groups, waits until the server serves them, and tells
 * how many.
 */
export async function installCrds(server: ApiServer, groups?: readonly string[]): Promise<number> {
  const addresses = addressesOf(server);
  const folder = crdFolder();
  const files = filesOf(folder).filter((file) => groups?.includes(dirname(file)) ?? true);
  const waiting = files.map((file) => definitionIn(readFileSync(join(folder, file), 'utf8')));
  const names = waiting.map(({ name }) => name);
  const work = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { rejected } = await applyOnce(server, addresses, next);
      if (rejected !== undefined) throw new Error(`${next.name} rejected: ${rejected}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const name of names) await untilEstablished(server, name);
  return names.length;
}

function filesOf(folder: string): string[] {
  if (!existsSync(folder)) {
    console.error(`no CustomResourceDefinitions at ${folder}: the kinds of other projects will be rejected`);
    return [];
  }
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((name) => /^[^/]+\/[^/]+\.yaml$/.test(name)).toSorted();
}

/** Finds the name without parsing: these texts are long, and some only the parsers written in Go accept. */
function definitionIn(yaml: string): SentManifest {
  const name = /^metadata:\n(?: .*\n)*? {2}name: ["']?([a-z0-9.-]+)/m.exec(yaml)?.[1];
  if (name === undefined) throw new Error(`a CustomResourceDefinition without a name: ${yaml.slice(0, 200)}`);
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    name,
    namespace: undefined,
    yaml,
    value: undefined,
  };
}

/** Waits until the server serves the kind: a moment after it accepted the definition. */
async function untilEstablished(server: ApiServer, name: string): Promise<void> {
  const deadline = Date.now() + ESTABLISHED_WITHIN_MS;
  while (!(await isEstablished(server, name))) {
    if (Date.now() > deadline) throw new Error(`${name} was not established in time`);
    await sleep(200);
  }
}

async function isEstablished(server: ApiServer, name: string): Promise<boolean> {
  const { body } = await ask(server, 'GET', `${DEFINITIONS}/${name}`);
  const conditions = definition.parse(body).status.conditions ?? [];
  return conditions.some(({ type, status }) => type === 'Established' && status === 'True');
}
