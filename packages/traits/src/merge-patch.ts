import {
  defineTrait,
  isJsonObject,
  propertiesOf,
  type JsonObject,
  type JsonValue,
  type TraitFactory,
} from '@strake/core';
import * as z from 'zod';
import { patchesSchema, reasonSchema, type PatchProperties } from './patch-target.ts';
import { patchObjects } from './patched-objects.ts';

export interface MergePatchProperties {
  /** Why no other trait can say it. */
  readonly reason: string;
  /** Patches, done one after the other. In a patch null removes what stands there, and a list replaces all of it. */
  readonly patches: readonly PatchProperties<JsonObject>[];
}

/**
 * Merges values into a component's objects, whatever wrote them (RFC 7396: JSON Merge Patch). It is done after all
 * traits that are no patches, and history shows what it wrote.
 *
 * @example
 * mergePatch({
 *   reason: 'requests stay on the node, which no trait says',
 *   patches: [{ target: { kind: 'Service' }, patch: { spec: { internalTrafficPolicy: 'Local' } } }],
 * })
 */
export const mergePatch: TraitFactory<MergePatchProperties, never> = defineTrait({
  name: 'merge-patch',
  package: '@strake/traits',
  summary: "Merges values into a component's objects.",
  properties: propertiesOf<MergePatchProperties>()({
    reason: reasonSchema,
    patches: patchesSchema(z.custom<JsonObject>(isJsonObject, 'a map')),
  }),
  needs: [],
  last: true,
  apply: (context, given) =>
    patchObjects(context, 'mergePatch', given, (object, patch) => ({
      ok: true,
      value: merged(object, patch),
    })),
});

/** RFC 7396, section 2. */
function merged(target: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isJsonObject(patch)) return patch;
  const map = isJsonObject(target) ? target : {};
  const entries = Object.entries(patch).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [[name, value === null ? undefined : merged(map[name], value)]];
  });
  return { ...map, ...Object.fromEntries(entries) };
}
