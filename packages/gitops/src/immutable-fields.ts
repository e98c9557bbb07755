import { finding, isJsonObject, sameJson, type Finding, type JsonValue } from '@strake/core';
import { parse } from 'yaml';
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

/** What is wrong with a file that replaces another: a cluster that has the object refuses it. */
export function immutableChange(
  { path, environment, contents }: PlannedFile,
  standing: Buffer,
  isForced: boolean,
): Finding | undefined {
  const fields = IMMUTABLE[`${topLevel(contents, 'apiVersion')}/${topLevel(contents, 'kind')}`];
  if (fields === undefined) return undefined;
  const text = standing.toString();
  // Only what stands otherwise in the text is worth the time of a parser.
  const differing = fields.filter(({ field }) => blockOf(text, field) !== blockOf(contents, field));
  if (differing.length === 0) return undefined;
  const [before, after] = [objectOf(text), objectOf(contents)];
  if (before?.['kind'] !== after?.['kind'] || after === undefined) return undefined;
  const changed = differing.filter((each) => isChanged(each, specOf(before), specOf(after)));
  if (changed.length === 0) return undefined;
  const isReplaced = asksForReplacement(after);
  return {
    ...finding({
      code: 'field-immutable',
      severity: isForced || isReplaced ? 'warning' : 'error',
      path,
      written: `another value at ${changed.map(({ field }) => `\`spec.${field}\``).join(', ')}${isReplaced ? ', for which the object is deleted and made anew' : ''}`,
      allowed: 'the value that stands there: a cluster that has the object refuses any other',
      fix: isReplaced ? REPLACED : FIX,
    }),
    environments: [environment],
  };
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

type Fields = Readonly<Record<string, JsonValue | undefined>>;

/** A value at the top of a file of Strake's. */
function topLevel(text: string, key: string): string | undefined {
  return new RegExp(`^${key}: (\\S+)$`, 'm').exec(text)?.[1];
}

/** The lines of a field of `spec`, as they stand in the text. */
function blockOf(text: string, field: string): string | undefined {
  return new RegExp(`^ {2}${field}:.*\\n(?: {3}.*\\n|\\n)*`, 'm').exec(text)?.[0];
}

function specOf(object: Fields | undefined): Fields {
  const spec = object?.['spec'];
  return isJsonObject(spec) ? spec : {};
}

/** A file that was edited by hand may hold anything. */
function objectOf(text: string): Fields | undefined {
  try {
    const value: JsonValue = parse(text, { maxAliasCount: 100, logLevel: 'silent' });
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an object tells its agent to delete it where it cannot be changed. */
function asksForReplacement(object: Fields): boolean {
  const metadata = object['metadata'];
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined;
  if (!isJsonObject(annotations)) return false;
  const options = textOf(annotations['argocd.argoproj.io/sync-options']).split(',');
  const byArgo = ['Force=true', 'Replace=true'].every((option) =>
    options.some((each) => each.trim() === option),
  );
  return byArgo || /^enabled$/i.test(textOf(annotations['kustomize.toolkit.fluxcd.io/force']));
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
