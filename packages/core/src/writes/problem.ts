import { finding, type Finding } from '../finding.ts';
import type { FindingCode } from '../finding-codes.ts';
import { isJsonObject, type JsonValue } from '../json.ts';
import { sourceLine } from '../source-line.ts';
import { shortName, shortText } from '../short-text.ts';
import { shortPathText } from './path.ts';
import { LAYERS, type Write, type Writer } from './write.ts';

/** Identity of a Kubernetes object. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** `Deployment web`, as findings name an object. */
export function identityText({ kind, name }: ObjectIdentity): string {
  return `${shortName(kind)} \`${shortName(name)}\``;
}

/** Where in which object a problem with writes was met. */
export interface Place {
  readonly object: ObjectIdentity;
  readonly steps: readonly string[];
}

export type Report = (finding: Finding) => void;

/** A finding about writes, naming every writer and its line once, in a fixed order. */
export function writeProblem(
  code: FindingCode,
  writes: readonly Write[],
  place: Place,
  said: { readonly written: string; readonly allowed: string; readonly fix: string },
): Finding {
  const writers = distinctWriters(writes);
  return finding({
    code,
    path: writers[0]?.path ?? '',
    origins: writers.map(({ origin }) => origin),
    written: `${placeText(place)}: ${said.written}`,
    allowed: said.allowed,
    fix: said.fix,
  });
}

/** The writers of some writes, each once, sorted by what they are and not by when they came. */
export function distinctWriters(writes: readonly Write[]): Writer[] {
  const writers = [...new Set(writes.map(({ writer }) => writer))];
  if (writers.length < 2) return writers;
  const rank = ({ layer, path, definition, package: from, origin }: Writer) =>
    [path, LAYERS.indexOf(layer), definition, from, JSON.stringify(sourceLine(origin))].join('\0');
  return writers
    .map((writer) => ({ writer, rank: rank(writer) }))
    .toSorted((left, right) => (left.rank < right.rank ? -1 : left.rank > right.rank ? 1 : 0))
    .map(({ writer }) => writer);
}

/** `spec.replicas of Deployment web`. */
export function placeText({ object, steps }: Place): string {
  return steps.length === 0 ? identityText(object) : `\`${shortPathText(steps)}\` of ${identityText(object)}`;
}

/** A value as it is shown in a finding: short, and never one that may be a secret. */
export function valueText(value: JsonValue | undefined, steps: readonly string[] = []): string {
  if (steps.some((step) => SECRET.test(step))) return MASKED;
  let visited = 0;
  // Each value that is visited adds to the text: when so many are, nothing that follows is seen.
  const shown = (key: string, each: unknown) =>
    each !== undefined && visited++ > LONGEST_VALUE ? 0 : begun(masked(key, each));
  return shortText(JSON.stringify(value, shown) ?? 'nothing', LONGEST_VALUE);
}

const LONGEST_VALUE = 60;

/** So much of a long text or list that what is cut from it is not seen anyway. */
function begun(value: unknown): unknown {
  return typeof value === 'string' || Array.isArray(value) ? value.slice(0, LONGEST_VALUE) : value;
}

const MASKED = '(masked)';
const SECRET = /pass(word|wd|phrase)?$|secret|token|credential|private|api[-_]?key|stringData|^data$/i;

/** Hides what has the name of a secret: a map's entry, or the value of a variable. */
function masked(key: string, value: unknown): unknown {
  if (SECRET.test(key)) return MASKED;
  if (!isJsonObject(value) || typeof value['name'] !== 'string' || !SECRET.test(value['name'])) return value;
  return 'value' in value ? { ...value, value: MASKED } : value;
}
