import { isJsonObject, type Finding, type Manifest } from '@strake/core';
import { changedValuesFinding } from './changed-value.ts';
import { mapOf, objectOf, textOf, topLevel, type Fields } from './file-object.ts';
import type { PlannedFile } from './plan.ts';

const COUNT = ['spec', 'replicas'];

/** Kinds of which one pod runs where no count is written (Kubernetes API: Deployment, StatefulSet, ReplicaSet). */
const COUNTED = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);

const WRITTEN_COUNT = /^ {2}replicas: (\d+)$/m;

/** The controller that decides how many pods a workload has, where its count is left to one. */
export function scalerOf({ delegations }: Manifest): string | undefined {
  return delegations.find(({ steps }) => steps.join('/') === COUNT.join('/'))?.to;
}

/**
 * What is wrong with a file that no longer has the count of pods, since an autoscaler takes it over: the agent removes
 * the count that it has applied, and Kubernetes puts one pod in its place before the autoscaler acts.
 */
export function droppedCount(file: PlannedFile, standing: Buffer, isForced: boolean): Finding | undefined {
  const { scaledBy, contents } = file;
  if (scaledBy === undefined || !COUNTED.has(topLevel(contents, 'kind') ?? '')) return undefined;
  const text = standing.toString();
  const count = Number(WRITTEN_COUNT.exec(text)?.[1] ?? 0);
  if (count < 2 || WRITTEN_COUNT.test(contents) || topLevel(text, 'kind') !== topLevel(contents, 'kind'))
    return undefined;
  const object = objectOf(contents);
  if (object === undefined) return undefined;
  return changedValuesFinding(file, {
    object,
    values: [{ steps: COUNT, before: count, after: undefined }],
    code: 'replicas-dropped',
    severity: isForced ? 'warning' : 'error',
    note: `, since ${scaledBy} decides it; until that acts, one pod runs`,
    allowed: 'a count that a field manager beside the agent has applied as well, so that it stays',
    fix: `Run \`${handover(object, count)}\` in the cluster once, then \`synth\` or \`deliver\` with \`--force\`.`,
  });
}

/** The command by which a field manager that nobody else uses holds on to the count. */
function handover(object: Fields, count: number): string {
  const { name, namespace } = mapOf(object, 'metadata');
  const { apiVersion, kind } = object;
  const held = { apiVersion, kind, metadata: { name, namespace }, spec: { replicas: count } };
  const quoted = JSON.stringify(held).replaceAll("'", String.raw`'\''`);
  return `echo '${quoted}' | kubectl apply --server-side --field-manager=autoscaler -f -`;
}

/** Kinds that scale what they name, as files have them: where no render says what is left to whom. */
const SCALERS = new Map([
  ['HorizontalPodAutoscaler', 'scaleTargetRef'],
  ['ScaledObject', 'scaleTargetRef'],
  ['Canary', 'targetRef'],
]);

/** Files as another run has rendered them, with the controllers among them that scale workloads. */
export function withScalers(files: readonly PlannedFile[]): readonly PlannedFile[] {
  const scalers = new Map(
    files.flatMap(({ path, contents }) => {
      const kind = topLevel(contents, 'kind') ?? '';
      const reference = SCALERS.get(kind);
      const target = reference && mapOf(objectOf(contents), 'spec')[reference];
      if (!isJsonObject(target)) return [];
      const scaled = textOf(target['kind'] ?? 'Deployment');
      return [[`${folderOf(path)} ${scaled} ${textOf(target['name'])}`, kind]] as const;
    }),
  );
  if (scalers.size === 0) return files;
  return files.map((file) => {
    const { path, contents } = file;
    const kind = topLevel(contents, 'kind') ?? '';
    if (!COUNTED.has(kind) || WRITTEN_COUNT.test(contents)) return file;
    const name = textOf(mapOf(objectOf(contents), 'metadata')['name']);
    const scaledBy = scalers.get(`${folderOf(path)} ${kind} ${name}`);
    return scaledBy === undefined ? file : { ...file, scaledBy };
  });
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
