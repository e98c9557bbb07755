import { isJsonArray, isJsonObject, type JsonValue } from '../json.ts';
import type { ClaimNode } from './claim.ts';
import { claimValue, type Claiming } from './claims-of.ts';
import { keyOf } from './value-at.ts';

/**
 * Adds what the making of an object claims: every value one by one where others of the layer claim something, and whole
 * maps and lists where nobody does. Both come to the same, and most of an object is nobody else's concern.
 * @param value without elements that their lists cannot merge
 * @param touched what others of the layer claim here and below; undefined for nothing
 */
export function addCreation(
  node: ClaimNode,
  value: JsonValue,
  touched: ClaimNode | undefined,
  claiming: Claiming,
): void {
  if (touched === undefined) return node.add({ write: claiming.write, kind: 'exact', value });
  const parts = touched.claims.length > 0 ? [] : partsOf(node, value);
  if (parts.length === 0) return claimValue(node, value, claiming);
  for (const [step, part] of parts) {
    if (part !== undefined) addCreation(node.child(step), part, touched.known(step), claiming);
  }
}

/** What a merge would claim one by one. */
function partsOf(
  { structure }: ClaimNode,
  value: JsonValue,
): readonly (readonly [string, JsonValue | undefined])[] {
  if (isJsonArray(value) && structure?.list === 'map') {
    return value.map((element) => [keyOf(element, structure) ?? '', element]);
  }
  return isJsonObject(value) && structure?.list === undefined ? Object.entries(value) : [];
}
