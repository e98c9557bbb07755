import * as z from 'zod';

/** The JSON Schema (draft 2020-12) of properties, or of a part of them. */
export interface PropertySchema {
  readonly $schema?: string;
  /** What must hold besides, in words: what JSON Schema cannot say. */
  readonly $comment?: string;
  readonly description?: string;
  readonly default?: unknown;
  /** What holds where nothing is given, in words. */
  readonly 'x-default'?: string;
  /** The type in TypeScript, where JSON has none: a component, a rule. */
  readonly 'x-type'?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
  readonly items?: PropertySchema;
  readonly additionalProperties?: PropertySchema | boolean;
  readonly anyOf?: readonly PropertySchema[];
  readonly oneOf?: readonly PropertySchema[];
  readonly allOf?: readonly PropertySchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

type Node = Parameters<NonNullable<z.core.ToJSONSchemaParams['override']>>[0];

/** What a definition accepts as properties, as JSON Schema. What only code can check is said in words. */
export function propertySchema(properties: z.core.$ZodType): PropertySchema {
  return z.toJSONSchema(properties, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
    override: describe,
  }) as PropertySchema;
}

function describe({ zodSchema, jsonSchema }: Node): void {
  // Whether a value is read-only matters to TypeScript; in JSON Schema the word means that it must not be given.
  delete jsonSchema.readOnly;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (hasFlags(zodSchema)) delete jsonSchema.pattern;
  const words = wordsOf(zodSchema);
  if (words.length > 0) jsonSchema.$comment = [...new Set(words)].join('; ');
}

/** Whether a regular expression of the schema means something else without its flags, which JSON Schema has not. */
function hasFlags({ _zod: { def } }: z.core.$ZodType): boolean {
  return [def, ...(def.checks ?? []).map((check) => check._zod.def)].some((each) => {
    const pattern: unknown = Reflect.get(each, 'pattern');
    return pattern instanceof RegExp && /[ims]/.test(pattern.flags);
  });
}

/** What a schema's checks say to whom they refuse; one about a property names it. */
function wordsOf(schema: z.core.$ZodType): string[] {
  const { def } = schema._zod;
  return [def, ...(def.checks ?? []).map((check) => check._zod.def)].flatMap((each) => {
    const text = textOf(each.error);
    const path: unknown = Reflect.get(each, 'path');
    if (text === undefined) return [];
    return Array.isArray(path) && path.length > 0 ? [`\`${path.join('.')}\`: ${text}`] : [text];
  });
}

/** The text of an error, where it does not depend on the value. */
function textOf(error: unknown): string | undefined {
  if (typeof error !== 'function') return undefined;
  try {
    const said: unknown = error({ code: 'custom', path: [] });
    return typeof said === 'string' ? said : undefined;
  } catch {
    return undefined;
  }
}
