import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { JsonObject, JsonValue } from '@strake/core';
import { k8s } from 'cdk8s-plus-28';

/** The version of cdk8s-plus-28 that its generated code is read of. */
export const VERSION = '2.5.6';

const require = createRequire(import.meta.url);

/** One field, as its generated function writes it. */
interface Field {
  readonly apiName: string;
  /** Name of the property that the class reads. */
  readonly property: string;
  readonly form: string;
  /** Type of what stands in it. */
  readonly type: string | undefined;
}

/** A value as it is given to a generated class, and as Kubernetes has it. */
export interface Given {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly expected: JsonObject;
}

const FUNCTION = /^function toJson_(\w+)\(obj\) \{[\s\S]*?const result = \{\n([\s\S]*?)\n {4}\};/gm;
const FIELD = /^ +'([^']+)': (.*?),?$/;
const DEEPEST = 14;

/** The fields of every type, read from the functions that turn them into JSON. */
export function generatedTypes(): ReadonlyMap<string, readonly Field[]> {
  const code = readFileSync(require.resolve('cdk8s-plus-28/lib/imports/k8s.js'), 'utf8');
  return new Map([...code.matchAll(FUNCTION)].map(([, type = '', body = '']) => [type, fieldsOf(body)]));
}

function fieldsOf(body: string): Field[] {
  return body.split('\n').map((line) => {
    const [, apiName = '', code = ''] = FIELD.exec(line) ?? [];
    const [, property = ''] = /obj\.(\w+)/.exec(code) ?? [];
    const [, type] = /toJson_(\w+)/.exec(code) ?? [];
    if (property === '') throw new Error(`cdk8s-plus-28 ${VERSION} writes no such line: ${line}`);
    return {
      apiName,
      property,
      form: code.replaceAll(/obj\.\w+/g, 'it').replaceAll(/toJson_\w+/g, 'T'),
      type,
    };
  });
}

/** Everything that a type can have, each field with a value of its own. */
export function maximal(type: string, types: ReadonlyMap<string, readonly Field[]>): Given {
  return filled(type, types, [type]);
}

function filled(type: string, types: ReadonlyMap<string, readonly Field[]>, above: readonly string[]): Given {
  const properties: Record<string, unknown> = {};
  const expected: Record<string, JsonValue> = {};
  for (const { apiName, property, form, type: below } of types.get(type) ?? []) {
    // Neither cdk8s' search for tokens nor this function lets a date through, be it a Date or its text.
    if (form.includes('toISOString')) continue;
    // A schema holds schemas: one in itself is enough.
    if (below !== undefined && (above.includes(below) || above.length > DEEPEST)) continue;
    const part = below === undefined ? undefined : filled(below, types, [...above, below]);
    const [given, json] = valueOf(form, `${type}-${apiName}`, part);
    properties[property] = given;
    expected[apiName] = json;
  }
  return { properties, expected };
}

/** A value for a field, as it is given and as it is to come out. */
function valueOf(form: string, text: string, part: Given | undefined): [given: unknown, json: JsonValue] {
  const inner = part ?? { properties: text, expected: text };
  if (form.includes('i[1]?.value')) return [{ a: k8s.Quantity.fromString(text) }, { a: text }];
  if (form.includes('i[1]?.map')) return [{ 'a.b/c': [text] }, { 'a.b/c': [text] }];
  if (form.includes('Object.entries')) return [{ 'a.b/c': inner.properties }, { 'a.b/c': inner.expected }];
  if (form.includes('?.value')) return [k8s.IntOrString.fromString(text), text];
  if (form.includes('.map('))
    return [
      [inner.properties, inner.properties],
      [inner.expected, inner.expected],
    ];
  return [inner.properties, inner.expected];
}
