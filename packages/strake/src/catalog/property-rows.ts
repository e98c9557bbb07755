import type { PropertySchema } from './property-schema.ts';
import { typeText } from './type-text.ts';

/** One property, as tables show it. */
export interface PropertyRow {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** What holds where it is left out; undefined where nobody says. */
  readonly default?: string;
  readonly description: string;
}

/** The properties of one object, and at which places such an object stands: `readiness.httpGet`. */
export interface PropertyTable {
  readonly places: readonly string[];
  readonly rows: readonly PropertyRow[];
  /** What must hold of the object as a whole, in words. */
  readonly must?: string;
}

/** The tables of a schema: that of the properties first, then those of the objects in them, each shape once. */
export function propertyTables(schema: PropertySchema): PropertyTable[] {
  const tables = new Map<string, { places: string[]; rows: PropertyRow[]; must?: string }>();
  for (const { place, shape } of shapesOf(schema, '')) {
    const { properties, required, $comment } = shape;
    const key = JSON.stringify({ properties, required, $comment });
    const known = tables.get(key);
    if (known !== undefined) known.places.push(place);
    else
      tables.set(key, {
        places: [place],
        rows: rowsOf(shape),
        ...(shape.$comment !== undefined && { must: shape.$comment }),
      });
  }
  return [...tables.values()];
}

function rowsOf({ properties = {}, required = [] }: PropertySchema): PropertyRow[] {
  return Object.entries(properties).map(([name, schema]) => {
    const fallback = defaultOf(schema);
    return {
      name,
      type: typeText(schema),
      required: required.includes(name),
      ...(fallback !== undefined && { default: fallback }),
      description: [schema.description, limitsOf(schema)].filter((text) => text !== undefined).join(' '),
    };
  });
}

function defaultOf(schema: PropertySchema): string | undefined {
  if (schema.default === undefined) return schema['x-default'];
  return `\`${JSON.stringify(schema.default).replaceAll('"', "'")}\``;
}

/** The numbers that a value may have, and what else must hold of it, in sentences. */
function limitsOf(schema: PropertySchema): string | undefined {
  const { exclusiveMinimum, exclusiveMaximum, minItems, maxItems, items } = schema;
  const count = rangeText(minItems, maxItems);
  const limits = [
    rangeText(schema.minimum, schema.maximum),
    exclusiveMinimum === undefined ? undefined : `more than ${exclusiveMinimum}`,
    exclusiveMaximum === undefined ? undefined : `less than ${exclusiveMaximum}`,
    wordsOf(schema) ?? (count === undefined ? undefined : `a list of ${count}`),
  ].filter((text) => text !== undefined);
  const each = items && wordsOf(items);
  const sentences = [
    ...(limits.length === 0 ? [] : [`Must be ${limits.join('; ')}.`]),
    ...(each === undefined ? [] : [`Each must be ${each}.`]),
  ];
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

/** What must hold in words; that of an object stands below its own table. */
function wordsOf({ properties, $comment }: PropertySchema): string | undefined {
  return properties === undefined ? $comment : undefined;
}

function rangeText(least: number | undefined, most: number | undefined): string | undefined {
  if (least !== undefined && most !== undefined) return `${least} to ${most}`;
  if (least !== undefined) return `${least} or more`;
  return most === undefined ? undefined : `${most} or less`;
}

interface PlacedShape {
  readonly place: string;
  readonly shape: PropertySchema;
}

/** Every object with named properties in a schema, outer ones first. */
function shapesOf(schema: PropertySchema, place: string): PlacedShape[] {
  const own = schema.properties === undefined ? [] : [{ place, shape: schema }];
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, each]) =>
    shapesOf(each, place === '' ? name : `${place}.${name}`),
  );
  const items = schema.items === undefined ? [] : shapesOf(schema.items, `${place}[]`);
  const { additionalProperties: values } = schema;
  const ofRecord = typeof values === 'object' ? shapesOf(values, `${place}.*`) : [];
  const variants = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [
    ...own,
    ...inner,
    ...items,
    ...ofRecord,
    ...(schema.allOf ?? []).flatMap((part) => shapesOf(part, place)),
    ...variants.flatMap((variant) => shapesOf(variant, `${place}${markOf(variant, variants)}`)),
  ];
}

/** What tells a variant of a union from the others: `(type: kafka)`, `(with url)`. */
function markOf(variant: PropertySchema, variants: readonly PropertySchema[]): string {
  const { properties = {} } = variant;
  const constant = Object.entries(properties).find(([, each]) => typeof each.const === 'string');
  if (constant !== undefined) return ` (${constant[0]}: ${String(constant[1].const)})`;
  const others = variants.filter((each) => each !== variant && each.properties !== undefined);
  const own = Object.keys(properties).find((name) =>
    others.every((each) => !Object.hasOwn(each.properties ?? {}, name)),
  );
  return others.length === 0 || own === undefined ? '' : ` (with ${own})`;
}
