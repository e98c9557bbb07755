import type * as z from 'zod';

type Schema = z.core.$ZodType;

/** The keys that the strict object at a path knows; of a union, the keys of all its members. */
export function knownKeys(schema: Schema, path: readonly PropertyKey[]): string[] {
  let places = unwrap(schema);
  for (const key of path) places = places.flatMap((place) => unwrap(below(place, key)));
  return [...new Set(places.flatMap((place) => Object.keys(shapeOf(place))))].toSorted();
}

/** A schema without the wrappers around it, once for each member where it is a union. */
function unwrap(schema: Schema | undefined): Schema[] {
  if (schema === undefined) return [];
  const { def } = schema._zod;
  if ('innerType' in def) return unwrap(schemaOrNone(def.innerType));
  if ('options' in def && Array.isArray(def.options)) {
    return def.options.flatMap((option: unknown) => unwrap(schemaOrNone(option)));
  }
  return [schema];
}

function below(schema: Schema, key: PropertyKey): Schema | undefined {
  const { def } = schema._zod;
  if ('element' in def) return schemaOrNone(def.element);
  if ('valueType' in def) return schemaOrNone(def.valueType);
  return schemaOrNone(Reflect.get(shapeOf(schema), key));
}

function shapeOf(schema: Schema): object {
  const { def } = schema._zod;
  return 'shape' in def && typeof def.shape === 'object' && def.shape !== null ? def.shape : {};
}

function schemaOrNone(value: unknown): Schema | undefined {
  return isSchema(value) ? value : undefined;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && '_zod' in value;
}
