import type * as z from 'zod';
import { grouped } from './grouped.ts';
import { knownKeys } from './known-keys.ts';
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
  return problemsIn(schema, given, issues, []);
}

/** The problems of one value, or of one member of a union that it was meant to be. Cost grows with the issues, not with pairs. */
function problemsIn(
  schema: Schema,
  given: unknown,
  issues: readonly Issue[],
  above: readonly PropertyKey[],
): PropertyProblem[] {
  const isMissing = ({ path }: Issue) => path.length > 0 && valueAt(given, [...above, ...path]) === undefined;
  const lacking = grouped(issues.filter(isMissing), parentText);
  const misspelt = grouped(issues.filter(isUnknown), ({ path }) => textOf(path));
  const namesIn = (place: string) => (lacking.get(place) ?? []).map(({ path }) => String(path.at(-1)));
  return issues
    .filter((issue) => {
      // A rule about properties together says nothing new where one of them is misspelt.
      if (issue.code === 'custom' && misspelt.has(textOf(issue.path))) return false;
      // That a property is missing says nothing new where it is given under a misspelt name.
      const place = isMissing(issue) ? parentText(issue) : '';
      const given = isMissing(issue) ? (misspelt.get(place) ?? []).flatMap(unknownKeys) : [];
      return !given.some((key) => nearest(key, namesIn(place)) === String(issue.path.at(-1)));
    })
    .flatMap((issue) => problemsOf(schema, given, issue, { above, missing: namesIn(textOf(issue.path)) }));
}

function parentText({ path }: Issue): string {
  return textOf(path.slice(0, -1));
}

function isUnknown(issue: Issue): boolean {
  return issue.code === 'unrecognized_keys';
}

function unknownKeys(issue: Issue): readonly string[] {
  return issue.code === 'unrecognized_keys' ? issue.keys : [];
}

/** Where a value stands, and which properties its map lacks. */
interface Place {
  readonly above: readonly PropertyKey[];
  readonly missing: readonly string[];
}

function problemsOf(
  schema: Schema,
  given: unknown,
  issue: Issue,
  { above, missing }: Place,
): PropertyProblem[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownProperty(schema, given, [...path, key], missing));
  }
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.filter((branch) => !branch.some(isOtherType));
    const [branch, ...others] = branches;
    if (branch !== undefined && others.length === 0) {
      return problemsIn(schema, given, branch, path);
    }
  }
  return [invalidProperty(given, issue, path)];
}

/** The value is of another type than a branch of a union wants altogether. */
function isOtherType(issue: Issue): boolean {
  return issue.path.length === 0 && ['custom', 'invalid_type', 'invalid_value'].includes(issue.code);
}

function unknownProperty(
  schema: Schema,
  given: unknown,
  path: readonly PropertyKey[],
  missing: readonly string[],
): PropertyProblem {
  const name = String(path.at(-1));
  const known = knownKeys(schema, path.slice(0, -1));
  const likely = nearest(name, missing) ?? nearest(name, known);
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
  const likely = typeof value === 'string' ? nearest(value, choices(issue)) : undefined;
  return {
    code: 'property-invalid',
    property: textOf(path),
    written: value === undefined ? 'missing' : shown(value, path),
    allowed: allowedBy(issue),
    fix:
      value === undefined
        ? `Give ${name}.`
        : likely === undefined
          ? `Correct ${name}.`
          : `Did you mean \`${likely}\`?`,
  };
}

/** The texts among which the value could have been chosen. */
function choices(issue: Issue): string[] {
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap(choices);
  return issue.code === 'invalid_value' ? issue.values.filter((each) => typeof each === 'string') : [];
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
