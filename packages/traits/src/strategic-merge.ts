import { defineTrait, isJsonObject, propertiesOf, type JsonObject, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { patchesSchema, reasonSchema, type PatchProperties } from './patch-target.ts';
import { patchObjects } from './patched-objects.ts';
import { strategicValue, unknownDirectives } from './strategic-value.ts';

export interface StrategicMergeProperties {
  /** Why no other trait can say it. */
  readonly reason: string;
  /**
   * Patches, done one after the other. Elements of lists with keys are found by them: a container by its name. Null
   * removes a field, `$patch: 'delete'` an element, and `$patch: 'replace'` replaces what stands there.
   */
  readonly patches: readonly PatchProperties<JsonObject>[];
}

/**
 * Merges values into a component's objects by the keys of their lists, whatever wrote them (Kubernetes: strategic merge
 * patch). Objects of other APIs merge by the keys that their authors mark. It is done after all traits that are no
 * patches, and history shows what it wrote.
 *
 * @example
 * strategicMerge({
 *   reason: 'the image needs a terminal',
 *   patches: [
 *     {
 *       target: { kind: 'Deployment' },
 *       patch: { spec: { template: { spec: { containers: [{ name: 'web', tty: true }] } } } },
 *     },
 *   ],
 * })
 */
export const strategicMerge: TraitFactory<StrategicMergeProperties, never> = defineTrait({
  name: 'strategic-merge',
  package: '@strake/traits',
  summary: "Merges values into a component's objects by the keys of their lists.",
  properties: propertiesOf<StrategicMergeProperties>()({
    reason: reasonSchema,
    patches: patchesSchema(z.custom<JsonObject>(isJsonObject, 'a map')),
  }),
  needs: [],
  last: true,
  apply: (context, given) =>
    patchObjects(context, 'strategicMerge', given, (object, patch) => {
      const [unknown] = unknownDirectives(patch);
      if (unknown === undefined)
        return { ok: true, value: strategicValue(object, patch, { kind: object, steps: [] }) };
      return {
        ok: false,
        written: `the directive \`${unknown}\``,
        allowed: '`$patch`, `$retainKeys` and `$deleteFromPrimitiveList`',
      };
    }),
});
