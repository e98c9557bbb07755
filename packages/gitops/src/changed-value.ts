import {
  finding,
  isJsonArray,
  isJsonObject,
  sameJson,
  type Finding,
  type FindingInput,
  type JsonValue,
  type Manifest,
} from '@strake/core';
import { pathText, valueText } from '@strake/core/tools';
import { mapOf, textOf, type Fields } from './file-object.ts';
import type { PlannedFile } from './plan.ts';

/** A value that stands otherwise in the repository than a plan has it. */
export interface ChangedValue {
  /** Where it stands, elements of lists by index. */
  readonly steps: readonly string[];
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** What a finding says of values that a plan changes. */
export interface ChangedValues {
  /** The object as the plan has it. */
  readonly object: Fields;
  readonly values: readonly ChangedValue[];
  readonly code: FindingInput['code'];
  readonly severity: Finding['severity'];
  /** What is to be known of the change besides. */
  readonly note?: string;
  readonly allowed: string;
  readonly fix: string;
}

const SHOWN = 5;

/** What differs between two values: of maps, and of lists of one length, only the parts that do. */
export function changedValues(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  steps: readonly string[],
): readonly ChangedValue[] {
  if (sameJson(before, after)) return [];
  const areLists = isJsonArray(before) && isJsonArray(after) && before.length === after.length;
  if (!areLists && !(isJsonObject(before) && isJsonObject(after))) return [{ steps, before, after }];
  const [was, is] = [entriesOf(before), entriesOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) =>
    changedValues(was.get(key), is.get(key), [...steps, key]),
  );
}

/**
 * A finding about values that a plan changes, with the lines of code behind them where the plan knows them. It names no
 * file, so that the same change in several environments is one finding.
 */
export function changedValuesFinding(
  { application, environment, manifest }: PlannedFile,
  { object, values, note = '', ...said }: ChangedValues,
): Finding {
  const kind = textOf(object['kind']);
  const name = textOf(mapOf(object, 'metadata')['name']);
  const shown = values.slice(0, SHOWN).map(changeText).join(', ');
  const rest = values.length > SHOWN ? `, and ${values.length - SHOWN} more` : '';
  return {
    ...finding({
      ...said,
      path: manifest?.writer?.path ?? application,
      origins: originsOf(manifest, values),
      written: `${kind} \`${name}\`: ${shown}${rest}${note}`,
      object: `${kind}/${name}`,
    }),
    environments: [environment],
  };
}

function changeText({ steps, before, after }: ChangedValue): string {
  return `\`${pathText(steps)}\` from ${valueText(before, steps)} to ${valueText(after, steps)}`;
}

function originsOf(manifest: Manifest | undefined, values: readonly ChangedValue[]) {
  const writers = new Set(values.flatMap(({ steps }) => manifest?.writersOf?.(steps) ?? []));
  return writers.size === 0 ? [manifest?.writer?.origin] : [...writers].map(({ origin }) => origin);
}

function entriesOf(value: JsonValue | undefined): ReadonlyMap<string, JsonValue | undefined> {
  return new Map(Object.entries(value ?? {}));
}
