import { defineTrait, propertiesOf, type JsonValue, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import {
  afterOperation,
  operationSchema,
  type JsonPatchOperationProperties,
} from './json-patch-operation.ts';
import { patchesSchema, reasonSchema, type PatchProperties } from './patch-target.ts';
import { patchObjects, type Patched } from './patched-objects.ts';

export interface JsonPatchProperties {
  /** Why no other trait can say it. */
  readonly reason: string;
  /** Patches, done one after the other. */
  readonly patches: readonly PatchProperties<readonly JsonPatchOperationProperties[]>[];
}

/**
 * Changes single places of a component's objects, whatever wrote them (RFC 6902: JSON Patch). It is done after all
 * traits that are no patches, and history shows what it wrote. An operation that cannot be done, also a `test` that
 * does not hold, is a finding, and then nothing of that patch is done.
 *
 * @example
 * jsonPatch({
 *   reason: 'the image needs a terminal',
 *   patches: [
 *     {
 *       target: { kind: 'Deployment' },
 *       patch: [{ op: 'add', path: '/spec/template/spec/containers/0/tty', value: true }],
 *     },
 *   ],
 * })
 */
export const jsonPatch: TraitFactory<JsonPatchProperties, never> = defineTrait({
  name: 'json-patch',
  package: '@strake/traits',
  summary: "Changes single places of a component's objects.",
  properties: propertiesOf<JsonPatchProperties>()({
    reason: reasonSchema,
    patches: patchesSchema(z.array(operationSchema).min(1).readonly()),
  }),
  needs: [],
  last: true,
  apply: (context, given) => patchObjects(context, 'jsonPatch', given, afterOperations),
});

function afterOperations(document: JsonValue, operations: readonly JsonPatchOperationProperties[]): Patched {
  let value = document;
  for (const operation of operations) {
    const next = afterOperation(value, operation);
    if (next === undefined) return { ok: false, ...refusal(operation) };
    value = next;
  }
  return { ok: true, value };
}

function refusal(operation: JsonPatchOperationProperties) {
  const { op, path } = operation;
  const from = 'from' in operation ? ` from \`${operation.from}\`` : '';
  return {
    written: `\`${op}\`${from} at \`${path}\` cannot be done`,
    allowed:
      op === 'test'
        ? 'a place that has exactly this value'
        : 'places that exist; `add` makes the last step of its path, and `-` is the end of a list',
  };
}
