import * as z from 'zod';
import { finding, type Finding } from './finding.ts';
import { propertyProblems } from './property-problems.ts';
import type { Origin } from './source-line.ts';

/** What a definition's properties must look like: the zod schema whose input is `Properties`. */
export type PropertiesSchema<Properties, Parsed = Properties> = z.ZodType<Parsed, Properties>;

/** One zod schema for each property, with exactly the property's type. */
type Shape<Properties> = { readonly [Key in keyof Properties]-?: z.ZodType<unknown, Properties[Key]> };

/** Fails to compile where a schema is narrower than the property's type, or has no property. */
type Exactly<Given, Properties> = {
  readonly [Key in keyof Given]: Key extends keyof Properties
    ? [Properties[Key]] extends [z.input<Given[Key] & z.ZodType>]
      ? Given[Key]
      : never
    : never;
};

/**
 * The strict schema of an interface: every property has a schema of the property's type, and an
 * unknown property is a finding.
 *
 * @example
 * interface ReplicasProperties { readonly count: number }
 * const schema = propertiesOf<ReplicasProperties>()({ count: z.int().min(0) });
 */
export function propertiesOf<Properties>() {
  return <const Given extends Shape<Properties>>(
    shape: Given & Exactly<Given, Properties>,
  ): z.ZodType<z.output<z.ZodObject<Given>>, Properties> => {
    // The input is written as the interface, so that editors show the interface's documentation.
    const schema: z.ZodType = z.strictObject<Given>(shape);
    return schema as z.ZodType<z.output<z.ZodObject<Given>>, Properties>;
  };
}

/** Properties that passed their schema, or what is wrong with them. */
export type ParsedProperties<Parsed> =
  | { readonly ok: true; readonly value: Parsed }
  | { readonly ok: false; findings(path: string): readonly Finding[] };

const uses = new WeakMap<object, number>();
const OFTEN = 50;

/** zod compiles a schema before its first use, unless told otherwise; that costs more than some fifty uses without it. */
function isRarelyUsed(schema: object): boolean {
  const before = uses.get(schema) ?? 0;
  if (before < OFTEN) uses.set(schema, before + 1);
  return before < OFTEN;
}

/** Checks properties against their schema; all problems of the value come at once. */
export function parseProperties<Properties, Parsed>(
  schema: PropertiesSchema<Properties, Parsed>,
  given: unknown,
  from: { readonly definition: string; readonly origin: Origin },
): ParsedProperties<Parsed> {
  const result = schema.safeParse(given, { jitless: isRarelyUsed(schema) });
  if (result.success) return { ok: true, value: result.data };
  const problems = propertyProblems(schema, given, result.error.issues);
  return {
    ok: false,
    findings: (path) =>
      problems.map(({ code, property, written, allowed, fix }) =>
        finding({
          code,
          path,
          origins: [from.origin],
          written: `\`${property === '' ? 'properties' : property}\` of \`${from.definition}\` is ${written}`,
          allowed,
          fix,
        }),
      ),
  };
}
