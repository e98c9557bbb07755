import { isJsonObject, type JsonValue, type KubernetesObject, type TraitContext } from '@strake/core';
import { nameOf, selected, type PatchProperties, type PatchTargetProperties } from './patch-target.ts';

/** What a patch makes of an object, or why it does not fit. */
export type Patched =
  | { readonly ok: true; readonly value: JsonValue | undefined }
  | { readonly ok: false; readonly written: string; readonly allowed: string };

interface Given<Patch> {
  readonly reason: string;
  readonly patches: readonly PatchProperties<Patch>[];
}

type Problem = Parameters<TraitContext['report']>[0];

/**
 * Patches objects of a component, one patch after the other, and writes what differs. A patch stands above all other
 * traits, also above what one of them left to a controller.
 */
export function patchObjects<Patch>(
  { objects, edit, report }: Pick<TraitContext, 'objects' | 'edit' | 'report'>,
  definition: string,
  { patches, reason }: Given<Patch>,
  apply: (object: KubernetesObject, patch: Patch) => Patched,
): void {
  const current = [...objects()];
  const changed = new Set<number>();
  for (const { target, patch } of patches) {
    const [object, ...others] = selected(current, target);
    if (object === undefined || others.length > 0) {
      report(unselected(definition, target, object === undefined ? current : [object, ...others]));
      continue;
    }
    const result = apply(object, patch);
    if (!result.ok)
      report(unfit(`\`${definition}\` of ${nameOf(object)}: ${result.written}`, result.allowed));
    else if (!isSameObject(result.value, object)) report(renamed(definition, object));
    else {
      const index = current.indexOf(object);
      current[index] = result.value;
      changed.add(index);
    }
  }
  for (const index of changed) {
    const object = current[index];
    if (object === undefined) continue;
    const { apiVersion, kind, metadata } = object;
    const identity = { apiVersion, kind, name: metadata.name, namespace: metadata.namespace };
    edit(identity).replace(object, { override: true, reason });
  }
}

function isSameObject(
  value: JsonValue | undefined,
  { apiVersion, kind, metadata }: KubernetesObject,
): value is KubernetesObject {
  if (!isJsonObject(value) || !isJsonObject(value['metadata'])) return false;
  const { name, namespace } = value['metadata'];
  const isOfKind = value['apiVersion'] === apiVersion && value['kind'] === kind;
  return isOfKind && name === metadata.name && namespace === metadata.namespace;
}

function unselected(
  definition: string,
  { kind, name, group }: PatchTargetProperties,
  found: readonly KubernetesObject[],
): Problem {
  const asked = [kind, name, group].filter((part) => part !== undefined).join(' ');
  return {
    code: 'reference-unknown',
    written: `\`${definition}\` is for the object \`${asked}\``,
    allowed: found.length === 0 ? 'nothing: the component has no objects' : found.map(nameOf).join(', '),
    fix: 'Name exactly one object of the component in `target`, by `kind`, `name` and `group`.',
  };
}

function renamed(definition: string, object: KubernetesObject): Problem {
  return unfit(
    `\`${definition}\` makes another object of ${nameOf(object)}`,
    'patches that do not change `apiVersion`, `kind`, `metadata.name` and `metadata.namespace`',
  );
}

function unfit(written: string, allowed: string): Problem {
  return {
    code: 'patch-unfit',
    written,
    allowed,
    fix: 'Correct the patch; `strake explain` shows the object that it is for.',
  };
}
