import { sameJson, type Finding } from '@strake/core';
import { changedValues, changedValuesFinding } from './changed-value.ts';
import { blockOf, mapOf, objectOf, topLevel, type Fields, textOf } from './file-object.ts';
import type { PlannedFile } from './plan.ts';

/** A field that an API server lets nobody change once the object exists. */
interface ImmutableField {
  readonly field: string;
  /** Whether it may be filled in where it was not written: the cluster may have chosen that value. */
  readonly isFillable?: boolean;
  /** Value of which the server fixes only whether it is there. */
  readonly only?: string;
}

const SELECTOR: readonly ImmutableField[] = [{ field: 'selector' }];
const CLAIM = ['accessModes', 'dataSource', 'selector', 'storageClassName', 'volumeMode', 'volumeName'];

/** Fields of `spec` (Kubernetes API: Deployment, StatefulSet, DaemonSet, Service, PersistentVolumeClaim). */
const IMMUTABLE: Readonly<Record<string, readonly ImmutableField[]>> = {
  'apps/v1/DaemonSet': SELECTOR,
  'apps/v1/Deployment': SELECTOR,
  'apps/v1/ReplicaSet': SELECTOR,
  'apps/v1/StatefulSet': [
    ...SELECTOR,
    { field: 'serviceName' },
    { field: 'volumeClaimTemplates' },
    { field: 'podManagementPolicy' },
  ],
  'v1/PersistentVolumeClaim': CLAIM.map((field) => ({ field, isFillable: true })),
  'v1/Service': [{ field: 'clusterIP', only: 'None' }],
};

/** Whether an API server holds on to some field of the objects of a kind. */
export function hasImmutableFields(apiVersion: string, kind: string): boolean {
  return Object.hasOwn(IMMUTABLE, `${apiVersion}/${kind}`);
}

/** What is wrong with a file that replaces another: a cluster that has the object refuses it. */
export function immutableChange(file: PlannedFile, standing: Buffer, isForced: boolean): Finding | undefined {
  const { contents } = file;
  const fields = IMMUTABLE[`${topLevel(contents, 'apiVersion')}/${topLevel(contents, 'kind')}`];
  if (fields === undefined) return undefined;
  const text = standing.toString();
  // Only what stands otherwise in the text is worth the time of a parser.
  const differing = fields.filter(({ field }) => blockOf(text, field) !== blockOf(contents, field));
  if (differing.length === 0) return undefined;
  const [before, after] = [objectOf(text), objectOf(contents)];
  if (before?.['kind'] !== after?.['kind'] || after === undefined) return undefined;
  const [was, is] = [mapOf(before, 'spec'), mapOf(after, 'spec')];
  const changed = differing.filter((each) => isChanged(each, was, is));
  if (changed.length === 0) return undefined;
  const isReplaced = asksForReplacement(after);
  return changedValuesFinding(file, {
    object: after,
    values: changed.flatMap(({ field }) => changedValues(was[field], is[field], ['spec', field])),
    code: 'field-immutable',
    severity: isForced || isReplaced ? 'warning' : 'error',
    note: isReplaced ? ', for which the object is deleted and made anew' : '',
    allowed: 'the value in the repository: a cluster that has the object refuses any other',
    fix: isReplaced ? REPLACED : FIX,
  });
}

const FIX =
  'Keep it, with `adopt` where the component would choose another, or give the component another name; `--force` is for what no cluster has yet.';
const REPLACED = 'Expect its pods to be gone for a while, or take the annotation off.';

function isChanged(
  { field, isFillable = false, only }: ImmutableField,
  before: Fields,
  after: Fields,
): boolean {
  const [was, is] = [before[field], after[field]];
  if (only !== undefined) return (was === only) !== (is === only);
  if (was === undefined || is === undefined) return was !== is && !(isFillable && was === undefined);
  return !sameJson(was, is);
}

/** Whether an object tells its agent to delete it where it cannot be changed. */
function asksForReplacement(object: Fields): boolean {
  const annotations = mapOf(mapOf(object, 'metadata'), 'annotations');
  const options = textOf(annotations['argocd.argoproj.io/sync-options']).split(',');
  const byArgo = ['Force=true', 'Replace=true'].every((option) =>
    options.some((each) => each.trim() === option),
  );
  return byArgo || /^enabled$/i.test(textOf(annotations['kustomize.toolkit.fluxcd.io/force']));
}
