import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { type Answer, type ApiServer, ask } from './api.ts';
import { hasControllers } from './controllers.ts';
import { lostFields } from './lost-fields.ts';
import { manifestsIn, manifestsOf, type SentManifest } from './manifests.ts';
import { removeAll } from './removal.ts';
import { type Addresses, addressesOf } from './resources.ts';

/** Applies as Flux does it: its field manager, which wins conflicts; but unknown fields are refused. */
const APPLY = '?fieldManager=kustomize-controller&force=true&fieldValidation=Strict';

/** How often to look again where a controller may have written the status between two looks. */
const TRIES = 10;
const PAUSE_MS = 500;

const FIRST = ['Namespace', 'CustomResourceDefinition'];

const stored = z.looseObject({ metadata: z.looseObject({ resourceVersion: z.string() }) });
const refused = z.looseObject({ message: z.string() });

/** What the API server said of one object. */
export interface Verdict {
  /** Kind, namespace and name, as in `Deployment shop/web`. */
  readonly object: string;
  /** The server's reason; nothing when it accepted the object. */
  readonly rejected?: string | undefined;
  readonly warnings: readonly string[];
  /** Paths of fields that the server accepted and did not keep. */
  readonly lost: readonly string[];
  /** Whether applying the same again changed the object, or goes on storing it anew. */
  readonly changedAgain: boolean;
  /** Whether the second apply stored the same content once more, as the server does by itself with some kinds. */
  readonly storedAnew: boolean;
}

/** What the API server said of a set of objects. */
export interface Applied {
  readonly verdicts: readonly Verdict[];
  /** Namespaces that the set needs and does not hold: made beforehand, as whoever owns the cluster would. */
  readonly namespacesMade: readonly string[];
  /** One line per object that was rejected, warned about, not kept whole, or changed by the second apply. */
  readonly complaints: readonly string[];
  /** Removes all of it again, so that another environment finds an empty cluster. */
  remove(): Promise<void>;
}

/** Applies the objects of one folder twice. */
export function applyFolder(server: ApiServer, folder: string): Promise<Applied> {
  return applyManifests(server, manifestsOf(folder));
}

/** Applies objects twice: namespaces first, then definitions of kinds, then all others in the order given. */
export async function applyManifests(
  server: ApiServer,
  manifests: readonly SentManifest[],
): Promise<Applied> {
  const addresses = addressesOf(server);
  const ordered = FIRST.flatMap((kind) => manifests.filter((manifest) => manifest.kind === kind)).concat(
    manifests.filter(({ kind }) => !FIRST.includes(kind)),
  );
  const made = missingNamespaces(manifests);
  for (const manifest of made) await applyOnce(server, addresses, manifest);
  const first: FirstApply[] = [];
  for (const manifest of ordered) first.push(await applyOnce(server, addresses, manifest));
  const verdicts: Verdict[] = [];
  for (const one of first) verdicts.push(await applyAgain(server, one));
  return {
    verdicts,
    namespacesMade: made.map(({ name }) => name),
    complaints: verdicts.flatMap(complaintsOf),
    remove: () => removeAll(server, addresses, [...made, ...ordered].toReversed()),
  };
}

/** What the server said of an object that was sent once. */
export interface FirstApply {
  readonly manifest: SentManifest;
  readonly path?: string;
  readonly warnings: readonly string[];
  readonly rejected?: string;
}

/** Applies one object once. */
export async function applyOnce(
  server: ApiServer,
  addresses: Addresses,
  manifest: SentManifest,
): Promise<FirstApply> {
  const address = await addresses(manifest);
  if ('missing' in address) return { manifest, warnings: [], rejected: address.missing };
  const { path } = address;
  const answer = await patch(server, path, manifest);
  const rejected = rejection(answer);
  return { manifest, path, warnings: answer.warnings, ...(rejected !== undefined && { rejected }) };
}

async function applyAgain(
  server: ApiServer,
  { manifest, path, warnings, rejected }: FirstApply,
): Promise<Verdict> {
  const object = `${manifest.kind} ${manifest.namespace === undefined ? '' : `${manifest.namespace}/`}${manifest.name}`;
  if (path === undefined || rejected !== undefined)
    return { object, warnings, rejected, lost: [], changedAgain: false, storedAnew: false };
  let judged = await applyTwice(server, path, manifest);
  const tries = judged.changedAgain && (await hasControllers(server)) ? TRIES : 0;
  for (let index = 0; index < tries && judged.changedAgain; index += 1) {
    await sleep(PAUSE_MS);
    judged = await applyTwice(server, path, manifest);
  }
  return { object, warnings, ...judged };
}

/** Applies what is there already. */
async function applyTwice(server: ApiServer, path: string, manifest: SentManifest) {
  const { body: before } = await ask(server, 'GET', path);
  const { body: after } = await patch(server, path, manifest);
  const same = isDeepStrictEqual(withoutVersion(before), withoutVersion(after));
  const storedAnew = versionOf(before) !== versionOf(after);
  const settled = storedAnew ? versionOf((await patch(server, path, manifest)).body) : versionOf(after);
  const changedAgain = !same || settled !== versionOf(after);
  return { lost: lostFields(manifest.value, before), changedAgain, storedAnew };
}

function patch(server: ApiServer, path: string, { yaml }: SentManifest): Promise<Answer> {
  return ask(server, 'PATCH', `${path}${APPLY}`, { type: 'application/apply-patch+yaml', body: yaml });
}

function rejection({ status, body }: Answer): string | undefined {
  if (status === 200 || status === 201) return undefined;
  const told = refused.safeParse(body);
  return told.success ? told.data.message : `status ${status}: ${JSON.stringify(body)}`;
}

function versionOf(body: unknown): string | undefined {
  return stored.safeParse(body).data?.metadata.resourceVersion;
}

function withoutVersion(body: unknown): unknown {
  const { data } = stored.safeParse(body);
  return data === undefined ? body : { ...data, metadata: { ...data.metadata, resourceVersion: '' } };
}

function complaintsOf({ object, rejected, warnings, lost, changedAgain }: Verdict): string[] {
  return [
    ...(rejected === undefined ? [] : [`${object} rejected: ${rejected}`]),
    ...warnings.map((warning) => `${object} warned about: ${warning}`),
    ...lost.map((path) => `${object} lost: ${path}`),
    ...(changedAgain ? [`${object} changed by the second apply`] : []),
  ];
}

function missingNamespaces(manifests: readonly SentManifest[]): SentManifest[] {
  const held = new Set(manifests.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name));
  const needed = new Set(manifests.flatMap(({ namespace }) => namespace ?? []));
  return [...needed]
    .filter((name) => !held.has(name) && !name.startsWith('kube-') && name !== 'default')
    .flatMap((name) => manifestsIn(`apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`));
}
