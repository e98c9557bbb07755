import * as z from 'zod';
import type { PropertySchema } from './property-schema.ts';

const names = z.array(z.string()).readonly();

/** A definition as people and machines look it up. */
export const catalogEntry = z.object({
  kind: z.enum(['component', 'trait', 'scope']),
  /** Unique name of the type. */
  name: z.string().min(1),
  /** npm package that the definition comes from. */
  package: z.string().min(1),
  /** One sentence: what it does. */
  summary: z.string(),
  /** What else its documentation says. */
  description: z.string().optional(),
  /** Name under which a module exports it; none where it is defined in a project. */
  export: z.string().optional(),
  /** The module: `@strake/traits/istio`. */
  import: z.string().optional(),
  /** Whose documentation rules what it writes: `Kubernetes API: Probe`. */
  upstream: names.optional(),
  /** Code that makes one, and the component that a trait is attached to. */
  example: z.object({ code: z.string(), component: z.string().optional() }).optional(),
  /** Capabilities that a component offers. */
  offers: names.optional(),
  /** Capabilities that a trait needs. */
  needs: names.optional(),
  /** Claims that a scope fulfils. */
  supplies: names.optional(),
  /** Component types that a trait may be attached to; all when left out. */
  appliesTo: names.optional(),
  /** Traits that exclude it. */
  conflictsWith: names.optional(),
  /** Why they exclude it, by name, for those of which it is said. */
  conflictReasons: z.record(z.string(), z.string()).optional(),
  /** Traits that must be attached too. */
  requires: names.optional(),
  /** Traits that are not applied when it is attached: it gets their properties instead. */
  absorbs: names.optional(),
  /** Traits or scopes whose properties it reads. */
  knows: names.optional(),
  /** What its example leaves to a controller. */
  delegates: z
    .array(z.object({ object: z.string(), path: z.string(), to: z.string() }))
    .readonly()
    .optional(),
  /** JSON Schema (draft 2020-12) of its properties. */
  schema: z.custom<PropertySchema>((value) => typeof value === 'object' && value !== null, 'a JSON Schema'),
});

export type CatalogEntry = Readonly<z.output<typeof catalogEntry>>;

/** The file `catalog.json` of a package. */
export const catalogFile = z.object({ definitions: z.array(catalogEntry).readonly() });

const KINDS: readonly CatalogEntry['kind'][] = ['component', 'trait', 'scope'];

/** Entries in the order in which catalogs list them: by kind, module and name. */
export function sortEntries(entries: readonly CatalogEntry[]): CatalogEntry[] {
  const key = ({ kind, package: from, import: module = '', name }: CatalogEntry) =>
    [KINDS.indexOf(kind), from, module, name].join('\n');
  return entries.toSorted((left, right) => (key(left) < key(right) ? -1 : 1));
}

/** What a definition does: its summary and what else is said of it, or only the latter where that says the same and more. */
export function leadOf({ summary, description }: CatalogEntry): string {
  if (description === undefined) return summary;
  return description.startsWith(summary.slice(0, -1)) ? description : `${summary}\n\n${description}`;
}
