import type * as z from 'zod';
import { grouped } from './grouped.ts';
import { knownKeys } from './known-keys.ts';
import { nearest } from './nearest.ts';
import { invalidPart } from './writes/valid-value.ts';
import { shortName } from './short-text.ts';
import { summarised, type Fault, type PropertyProblem } from './summarised-problems.ts';
import { shortPathText } from './writes/path.ts';
import { valueText } from './writes/problem.ts';
import type { JsonValue } from './json.ts';

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** The problems that a schema's issues stand for, in the words of findings. */
export function propertyProblems(
  schema: Schema,
  given: unknown,
  issues: readonly Issue[],
): PropertyProblem[] {
  return summarised(faultsIn(schema, given, issues, []));
}

/** The faults of one value, or of one member of a union that it was meant to be. Cost grows with the issues, not with pairs. */
function* faultsIn(
  schema: Schema,
  given: unknown,
  issues: readonly Issue[],
  above: readonly PropertyKey[],
): Generator<Fault> {
  const isMissing = ({ path }: Issue) => path.length > 0 && valueAt(given, [...above, ...path]) === undefined;
  const lacking = grouped(issues.filter(isMissing), parentText);
  const misspelt = grouped(issues.filter(isUnknown), ({ path }) => textOf(path));
  const namesIn = (place: string) => (lacking.get(place) ?? []).map(({ path }) => String(path.at(-1)));
  const meantIn = new Map(
    [...misspelt].map(([place, unknown]) => {
      const missing = namesIn(place);
      return [place, new Set(unknown.flatMap(unknownKeys).map((key) => nearest(key, missing)))] as const;
    }),
  );
  for (const issue of issues) {
    // A rule about properties together says nothing new where one of them is misspelt.
    if (issue.code === 'custom' && misspelt.has(textOf(issue.path))) continue;
    // That a property is missing says nothing new where it is given under a misspelt name.
    if (isMissing(issue) && meantIn.get(parentText(issue))?.has(String(issue.path.at(-1)))) continue;
    yield* faultsOf(schema, given, issue, { above, missing: () => namesIn(textOf(issue.path)) });
  }
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
  missing(): readonly string[];
}

function* faultsOf(
  schema: Schema,
  given: unknown,
  issue: Issue,
  { above, missing }: Place,
): Generator<Fault> {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path);
    const lacking = missing();
    const kind = JSON.stringify(known);
    const indexes = indexesAmong(issue.keys);
    if (indexes > 0) yield { kind, tell: () => spreadOver(path, { known, last: indexes - 1 }) };
    for (const key of issue.keys.slice(indexes)) {
      yield { kind, tell: () => unknownProperty(given, [...path, key], { known, missing: lacking }) };
    }
    return;
  }
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.filter((branch) => !branch.some(isOtherType));
    const [branch, ...others] = branches;
    if (branch !== undefined && others.length === 0) {
      return yield* faultsIn(schema, given, branch, path);
    }
  }
  const kind = `${valueAt(given, path) === undefined} ${allowedBy(issue)}`;
  yield { kind, tell: () => invalidProperty(given, issue, path) };
}

/** The value is of another type than a branch of a union wants altogether. */
function isOtherType(issue: Issue): boolean {
  return issue.path.length === 0 && ['custom', 'invalid_type', 'invalid_value'].includes(issue.code);
}

/** How many of the keys count up from 0, as those of a text do that is spread into a map. One alone may be a name. */
function indexesAmong(keys: readonly string[]): number {
  const other = keys.findIndex((key, index) => key !== String(index));
  const count = other < 0 ? keys.length : other;
  return count > 1 ? count : 0;
}

function spreadOver(
  path: readonly PropertyKey[],
  { known, last }: { readonly known: readonly string[]; readonly last: number },
): PropertyProblem {
  return {
    code: 'property-unknown',
    property: textOf(path),
    written: `given with entries from \`0\` to \`${last}\`, as a list or a text has them`,
    allowed: knownText(known),
    fix: 'Give a map, and spread no list or text into it.',
  };
}

function knownText(known: readonly string[]): string {
  return known.length === 0 ? 'no properties' : known.map((key) => `\`${key}\``).join(', ');
}

function unknownProperty(
  given: unknown,
  path: readonly PropertyKey[],
  { known, missing }: { readonly known: readonly string[]; readonly missing: readonly string[] },
): PropertyProblem {
  const name = String(path.at(-1));
  const likely = nearest(name, missing) ?? nearest(name, known);
  return {
    code: 'property-unknown',
    property: textOf(path),
    written: `given as ${shown(valueAt(given, path), path)}`,
    allowed: knownText(known),
    fix: likely === undefined ? `Remove \`${shortName(name)}\`.` : `Did you mean \`${likely}\`?`,
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
  const name = shortName(path.at(-1));
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
      return issue.errors
        .map((branch) => branch.slice(0, LONGEST_LIST).map(allowedBy).join(', '))
        .join('; or ');
    default:
      return issue.message;
  }
}

/** As many faults within a member of a union as say together what is allowed. */
const LONGEST_LIST = 100;

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
  return shortPathText(path);
}

function shown(value: unknown, path: readonly PropertyKey[]): string {
  const invalid = invalidPart(value, []);
  return invalid === undefined ? valueText(value as JsonValue, path.map(String)) : invalid.type;
}
