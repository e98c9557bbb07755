import type * as z from 'zod';
import { nearest } from './nearest.ts';
import { invalidPart } from './writes/valid-value.ts';
import { pathText } from './writes/path.ts';
import { valueText } from './writes/problem.ts';
import type { JsonValue } from './json.ts';

/** One fault of a definition's properties. */
export interface PropertyProblem {
  readonly code: 'property-unknown' | 'property-invalid';
  /** Where: `ports.http.containerPort`; empty for the properties as a whole. */
  readonly property: string;
  readonly written: string;
  readonly allowed: string;
  readonly fix: string;
}

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** The problems that a schema's issues stand for, in the words of findings. */
export function propertyProblems(
  schema: Schema,
  given: unknown,
  issues: readonly Issue[],
): PropertyProblem[] {
  return issues
    .filter((issue) => !isEcho(issue, issues))
    .flatMap((issue) => problemsOf(schema, given, issue, []));
}

/** A rule about properties together says nothing new where one of them is misspelt. */
function isEcho({ code, path }: Issue, issues: readonly Issue[]): boolean {
  if (code !== 'custom') return false;
  return issues.some((other) => other.code === 'unrecognized_keys' && textOf(other.path) === textOf(path));
}

function problemsOf(
  schema: Schema,
  given: unknown,
  issue: Issue,
  above: readonly PropertyKey[],
): PropertyProblem[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownProperty(schema, given, [...path, key]));
  }
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.filter((branch) => !branch.some(isOtherType));
    const [branch, ...others] = branches;
    if (branch !== undefined && others.length === 0) {
      return branch.flatMap((inner) => problemsOf(schema, given, inner, path));
    }
  }
  return [invalidProperty(given, issue, path)];
}

/** The value is of another type than a branch of a union wants altogether. */
function isOtherType(issue: Issue): boolean {
  return issue.path.length === 0 && ['custom', 'invalid_type', 'invalid_value'].includes(issue.code);
}

function unknownProperty(schema: Schema, given: unknown, path: readonly PropertyKey[]): PropertyProblem {
  const name = String(path.at(-1));
  const known = knownKeys(schema, path.slice(0, -1));
  const likely = nearest(name, known);
  return {
    code: 'property-unknown',
    property: textOf(path),
    written: `given as ${shown(valueAt(given, path), path)}`,
    allowed: known.length === 0 ? 'no properties' : known.map((key) => `\`${key}\``).join(', '),
    fix: likely === undefined ? `Remove \`${name}\`.` : `Did you mean \`${likely}\`?`,
  };
}

function invalidProperty(given: unknown, issue: Issue, path: readonly PropertyKey[]): PropertyProblem {
  if (issue.code === 'invalid_key') return invalidKey(issue, path);
  const value = valueAt(given, path);
  const name = path.length === 0 ? 'the properties' : `\`${textOf(path)}\``;
  return {
    code: 'property-invalid',
    property: textOf(path),
    written: value === undefined ? 'missing' : shown(value, path),
    allowed: allowedBy(issue),
    fix: value === undefined ? `Give ${name}.` : `Correct ${name}.`,
  };
}

function invalidKey(issue: Issue, path: readonly PropertyKey[]): PropertyProblem {
  const name = String(path.at(-1));
  return {
    code: 'property-unknown',
    property: textOf(path),
    written: `given under the name \`${name}\``,
    allowed: allowedBy(issue),
    fix: `Rename \`${name}\`.`,
  };
}

function allowedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? `a value of type ${issue.expected}`;
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ');
    case 'too_small':
      return `${issue.origin === 'string' || issue.origin === 'array' ? 'a length of' : 'a number of'} at least ${issue.minimum}`;
    case 'too_big':
      return `${issue.origin === 'string' || issue.origin === 'array' ? 'a length of' : 'a number of'} at most ${issue.maximum}`;
    case 'invalid_key':
      return issue.message === 'Invalid key in record'
        ? issue.issues.map(allowedBy).join(', ')
        : issue.message;
    case 'invalid_union':
      return issue.errors.map((branch) => branch.map(allowedBy).join(', ')).join('; or ');
    default:
      return issue.message;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'a map',
  record: 'a map',
  string: 'a text',
};

/** The keys that the strict object at a path knows; of a union, the keys of all its members. */
function knownKeys(schema: Schema, path: readonly PropertyKey[]): string[] {
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

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    given,
  );
}

function textOf(path: readonly PropertyKey[]): string {
  return pathText(path.map(String));
}

function shown(value: unknown, path: readonly PropertyKey[]): string {
  const invalid = invalidPart(value, []);
  return invalid === undefined ? valueText(value as JsonValue, path.map(String)) : invalid.type;
}
