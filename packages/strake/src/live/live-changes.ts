import type { Finding, KubernetesObject, LockedApplication, Manifest } from '@strake/core';
import { objectKey, type ObjectChange } from '../diff/object-change.ts';
import { applyAll, readAll, type Progress } from './applied-objects.ts';
import { groupOf, type Cluster, type ServedKind } from './cluster.ts';
import { fieldManager, type FieldManager } from './field-manager.ts';
import type { KubectlAnswer } from './kubectl.ts';
import * as findings from './live-findings.ts';
import type { LiveObject } from './live-object.ts';
import { liveValues } from './live-values.ts';
import { withRefilled } from './refilled-values.ts';
import { prunedObjects } from './pruned-objects.ts';

export interface LiveOptions {
  /** Name of the agent in the configuration. */
  readonly agent: string | undefined;
  /** Field manager, instead of the agent's. */
  readonly fieldManager: string | undefined;
  progress(environment: string, text: string): void;
}

/** What a cluster and the render of one environment differ in. */
export interface LiveChanges {
  readonly changes: readonly ObjectChange[];
  readonly findings: readonly Finding[];
  /** The field manager that was compared as; undefined when nothing could be compared. */
  readonly manager?: string;
}

interface Rendered {
  readonly application: string;
  readonly manifest: Manifest;
}

/** One environment on its way through the comparison. */
interface Comparison {
  readonly environment: string;
  readonly applications: readonly LockedApplication[];
  readonly cluster: Cluster;
  readonly kinds: readonly ServedKind[];
  readonly live: ReadonlyMap<string, LiveObject>;
  readonly manager: FieldManager;
  readonly found: Finding[];
  readonly progress: (step: string) => Progress;
}

/** Compares the applications of one environment with its cluster, where the agent would apply them. */
export async function liveChanges(
  applications: readonly LockedApplication[],
  cluster: Cluster,
  options: LiveOptions,
): Promise<LiveChanges> {
  const environment = applications[0]?.environment.name ?? '';
  const failed = (answer: KubectlAnswer): LiveChanges => ({
    changes: [],
    findings: [kubectlFailed(answer, { environment, cluster })],
  });
  const progress =
    (step: string): Progress =>
    (done, all) =>
      options.progress(environment, `${step} ${done} of ${all} objects`);
  const kinds = await cluster.kinds();
  if (!kinds.ok) return failed(kinds.answer);
  const rendered = applications.flatMap(({ manifests }) => manifests.map(({ object }) => object));
  const readable = rendered.filter((object) => isServed(object, kinds.result));
  const live = await readAll(cluster, readable, progress('read'));
  if (!live.ok) return failed(live.answer);
  const manager = fieldManager(options.fieldManager, options.agent, [...live.result.values()]);
  const found: Finding[] = [];
  const comparison = {
    environment,
    applications,
    cluster,
    kinds: kinds.result,
    live: live.result,
    manager,
    found,
    progress,
  };
  const changes = [...(await comparedObjects(comparison)), ...(await pruned(comparison))];
  return { changes, findings: found, manager: manager.name };
}

async function comparedObjects(comparison: Comparison): Promise<readonly ObjectChange[]> {
  const { applications, cluster, live, manager, progress } = comparison;
  const absent = await absentNamespaces(comparison);
  const all = applications.flatMap(({ application, manifests }) =>
    manifests.map((manifest): Rendered => ({ application, manifest })),
  );
  const served = all.filter(({ manifest: { object } }) => isServed(object, comparison.kinds));
  reportMissingKinds(all, comparison);
  const wanted = served
    .map(({ manifest: { object } }) => object)
    .filter(({ metadata }) => !absent.has(metadata.namespace ?? ''))
    .filter((object) => manager.passesOver(object, live.get(objectKey(object))?.object) === undefined);
  const { applied, refused } = await applyAll(cluster, wanted, {
    manager: manager.name,
    progress: progress('compared'),
  });
  const denied = [...refused.values()].find(isDenied);
  if (denied !== undefined) comparison.found.push(kubectlFailed(denied, comparison));
  const changes = all.flatMap((each) => {
    const key = objectKey(each.manifest.object);
    const said = refused.get(key);
    if (said !== undefined && !isDenied(said))
      comparison.found.push(refusal(each, said.err, comparison.environment));
    return changeOf(each, applied.get(key), comparison);
  });
  return withRefilled(cluster, changes, applied);
}

/** What becomes of one object; of one that was refused nothing is known. */
function changeOf(
  { application, manifest }: Rendered,
  applied: KubernetesObject | undefined,
  { environment, live, manager }: Comparison,
): ObjectChange[] {
  const { object } = manifest;
  const known = live.get(objectKey(object));
  const passedOver = manager.passesOver(object, known?.object);
  const place = { environment, application, object };
  if (passedOver !== undefined) return [];
  if (known === undefined) return [{ ...place, change: 'added', values: [], by: manifest.writer }];
  if (applied === undefined) return [];
  const values = liveValues({ manifest, live: known, applied, manager });
  return values.length === 0 ? [] : [{ ...place, change: 'changed', values }];
}

/** The user may not apply, which is said once; an admission plugin that forbids an object speaks of the object. */
function isDenied({ err }: KubectlAnswer): boolean {
  return /User "[^"]*" cannot \w+ resource/.test(err);
}

function kubectlFailed(
  answer: KubectlAnswer,
  { environment, cluster }: Pick<Comparison, 'environment' | 'cluster'>,
) {
  return findings.kubectlFailed(answer, environment, cluster.target.context ?? 'current context');
}

function refusal(
  { application, manifest: { object } }: Rendered,
  said: string,
  environment: string,
): Finding {
  const name = `${object.kind}/${object.metadata.name}`;
  // The API server repeats what it does not accept.
  const text = object.kind === 'Secret' ? 'the API server refuses it' : said;
  return findings.applyRefused(environment, application, name, text);
}

async function absentNamespaces({
  cluster,
  applications,
  environment,
  found,
}: Comparison): Promise<ReadonlySet<string>> {
  const needed = new Map<string, string>();
  for (const { application, manifests } of applications)
    for (const { object } of manifests)
      if (object.metadata.namespace !== undefined) needed.set(object.metadata.namespace, application);
  const namespaces = [...needed.keys()].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  }));
  const read = namespaces.length === 0 ? undefined : await cluster.read(namespaces);
  // Who may not read namespaces sees the dry run say what is missing.
  if (read === undefined || !read.ok) return new Set();
  const present = new Set(read.result.map(({ object }) => object.metadata.name));
  const own = new Set(
    applications.flatMap(({ manifests }) =>
      manifests.flatMap(({ object }) => (object.kind === 'Namespace' ? [object.metadata.name] : [])),
    ),
  );
  const absent = [...needed].filter(([name]) => !present.has(name));
  for (const [namespace, application] of absent)
    if (!own.has(namespace)) found.push(findings.namespaceMissing(environment, application, namespace));
  return new Set(absent.map(([namespace]) => namespace));
}

function reportMissingKinds(all: readonly Rendered[], { kinds, environment, found }: Comparison): void {
  const missing = new Map<string, string[]>();
  for (const { application, manifest } of all) {
    const { object } = manifest;
    if (isServed(object, kinds)) continue;
    const kind = `${object.kind} of ${object.apiVersion}`;
    missing.set(kind, [
      ...(missing.get(kind) ?? []),
      `${application}/${object.kind}/${object.metadata.name}`,
    ]);
  }
  for (const [kind, objects] of missing) found.push(findings.kindMissing(environment, kind, objects));
}

function isServed({ apiVersion, kind }: KubernetesObject, kinds: readonly ServedKind[]): boolean {
  return kinds.some((each) => each.kind === kind && each.group === groupOf(apiVersion));
}

async function pruned({ environment, applications, cluster, kinds, manager, found }: Comparison) {
  const rendered = new Set(
    applications.flatMap(({ manifests }) => manifests.map(({ object }) => objectKey(object))),
  );
  const changes: ObjectChange[] = [];
  for (const { application, namespace, manifests } of applications) {
    const used = manifests.flatMap(({ object }) => object.metadata.namespace ?? []);
    const namespaces = [...new Set([namespace, ...used])].toSorted();
    const from = { environment, application, namespaces, manager: manager.name, kinds, rendered };
    const answer = await prunedObjects(cluster, from);
    if (answer.ok) changes.push(...answer.result);
    else found.push(findings.prunesUnknown(environment, application, answer.answer));
  }
  return changes;
}
