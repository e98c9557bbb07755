import {
  isJsonArray,
  isJsonObject,
  listType,
  type JsonObject,
  type JsonValue,
  type KubernetesObject,
  type Manifest,
} from '@strake/core';

/**
 * The fields that controllers own at run time (Argo CD: Application.spec.ignoreDifferences). Places below an element of a
 * list are found by its key, as its index may change.
 */
export function ignoredDifferences(manifests: readonly Manifest[]): JsonObject[] {
  return manifests
    .flatMap(({ object, delegations }) => {
      if (delegations.length === 0) return [];
      const expressions = delegations.map(({ steps }) => expressionOf(object, steps));
      const jsonPointers = unique(expressions.flatMap(({ pointer }) => pointer ?? []));
      const jqPathExpressions = unique(expressions.flatMap(({ jq }) => jq ?? []));
      const { name, namespace } = object.metadata;
      const end = object.apiVersion.indexOf('/');
      return [
        {
          ...(end > 0 && { group: object.apiVersion.slice(0, end) }),
          kind: object.kind,
          name,
          ...(namespace !== undefined && { namespace }),
          ...(jsonPointers.length > 0 && { jsonPointers }),
          ...(jqPathExpressions.length > 0 && { jqPathExpressions }),
        },
      ];
    })
    .toSorted((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1));
}

interface Expression {
  readonly pointer?: string;
  readonly jq?: string;
}

function expressionOf(object: KubernetesObject, steps: readonly string[]): Expression {
  let value: JsonValue | undefined = object;
  let jq = '';
  let isKeyed = false;
  for (const [index, step] of steps.entries()) {
    const { type, keyOf } = listType(object, steps.slice(0, index));
    if (isJsonArray(value) || type === 'map') {
      const element: JsonValue | undefined = isJsonArray(value)
        ? value.find((each) => keyOf(each) === step)
        : undefined;
      jq += `[] | select(${selection(element, step)}) | `;
      isKeyed = true;
      value = element;
    } else {
      jq += `.${field(step)}`;
      value = isJsonObject(value) ? value[step] : undefined;
    }
  }
  if (isKeyed) return { jq: jq.replace(/ \| $/, '') };
  return { pointer: steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('') };
}

/** The fields that make the key of an element, or its name where the element is not there. */
function selection(element: JsonValue | undefined, step: string): string {
  if (!isJsonObject(element)) return `.name == ${JSON.stringify(step)}`;
  const whole = fieldWith(element, step);
  if (whole !== undefined) return whole;
  const parts = step.split('/').map((part) => fieldWith(element, part));
  return parts.every((part) => part !== undefined) ? parts.join(' and ') : `.name == ${JSON.stringify(step)}`;
}

function fieldWith(element: JsonObject, text: string): string | undefined {
  const names = Object.keys(element).toSorted(
    (left, right) => Number(right === 'name') - Number(left === 'name'),
  );
  const name = names.find((each) => {
    const value = element[each];
    return (typeof value === 'string' || typeof value === 'number') && String(value) === text;
  });
  return name === undefined ? undefined : `.${name} == ${JSON.stringify(element[name])}`;
}

function field(step: string): string {
  return /^[A-Za-z_]\w*$/.test(step) ? step : JSON.stringify(step);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted();
}

function sortKey({ group = '', kind = '', namespace = '', name = '' }: JsonObject): string {
  return JSON.stringify([group, kind, namespace, name]);
}
