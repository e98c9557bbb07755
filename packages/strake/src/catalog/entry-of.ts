import type { DefinitionInfo } from '@strake/core/tools';
import type { CatalogEntry } from './catalog-entry.ts';
import { propertySchema, type PropertySchema } from './property-schema.ts';

/** Under which name which module exports a definition. */
export interface ExportedAs {
  readonly export: string;
  readonly import: string;
}

/** What a definition says of itself. */
export function entryOf(info: DefinitionInfo, exported?: ExportedAs): CatalogEntry {
  const { kind, name, package: from, summary } = info;
  return { kind, name, package: from, summary, ...exported, ...relations(info), schema: schemaOf(info) };
}

/** The definition that a value of a module makes things of, or undefined when it is something else. */
export function definitionOf(value: unknown): DefinitionInfo | undefined {
  if (typeof value !== 'function' || !Object.hasOwn(withParents(value), 'definition')) return undefined;
  const info: unknown = Reflect.get(value, 'definition');
  return isInfo(info) ? info : undefined;
}

/** A class that extends what `defineComponent` makes has the definition of its parent. */
function withParents(value: Function): Function {
  const parent: unknown = Object.getPrototypeOf(value);
  return Object.hasOwn(value, 'definition') || typeof parent !== 'function' || parent === Function.prototype
    ? value
    : withParents(parent);
}

function isInfo(value: unknown): value is DefinitionInfo {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, name, package: from, summary, properties } = value as Readonly<Record<string, unknown>>;
  return (
    (kind === 'component' || kind === 'trait' || kind === 'scope') &&
    [name, from, summary].every((each) => typeof each === 'string' && each !== '') &&
    typeof properties === 'object'
  );
}

function relations(info: DefinitionInfo): Partial<CatalogEntry> {
  switch (info.kind) {
    case 'component':
      return given({ offers: info.offers });
    case 'trait': {
      const { needs, appliesTo, conflictsWith, conflictReasons, requires, absorbs, knows } = info;
      return {
        ...given({ needs, appliesTo, conflictsWith, requires, absorbs, knows }),
        ...(conflictReasons && { conflictReasons }),
      };
    }
    case 'scope':
      return given({ supplies: info.supplies, knows: info.knows });
  }
}

/** Without the lists that are empty. */
function given(lists: Readonly<Record<string, readonly string[] | undefined>>): Partial<CatalogEntry> {
  return Object.fromEntries(
    Object.entries(lists).filter(([, list]) => list !== undefined && list.length > 0),
  );
}

/** A package may bring schemas that this copy of zod cannot read: then any properties are said to fit. */
function schemaOf({ properties }: DefinitionInfo): PropertySchema {
  try {
    return propertySchema(properties);
  } catch {
    return {};
  }
}
