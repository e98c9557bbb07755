import { finding, type Finding } from '../finding.ts';
import type { FindingCode } from '../finding-codes.ts';
import type { JsonValue } from '../json.ts';
import { pathText } from './path.ts';
import type { Write, Writer } from './write.ts';

/** Identity of a Kubernetes object. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** `Deployment web`, as findings name an object. */
export function identityText({ kind, name }: ObjectIdentity): string {
  return `${kind} \`${name}\``;
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
  const rank = (writer: Writer) => `${writer.path}\0${writer.definition}\0${writer.package}`;
  return [...new Set(writes.map(({ writer }) => writer))].toSorted((left, right) =>
    rank(left) < rank(right) ? -1 : 1,
  );
}

/** `spec.replicas of Deployment web`. */
export function placeText({ object, steps }: Place): string {
  return steps.length === 0 ? identityText(object) : `\`${pathText(steps)}\` of ${identityText(object)}`;
}

/** A value as it is shown in a finding: short, and never one that may be a secret. */
export function valueText(value: JsonValue | undefined, steps: readonly string[] = []): string {
  if (steps.some((step) => SECRET.test(step))) return '(masked)';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const SECRET = /pass(word|wd|phrase)?$|secret|token|credential|private|api[-_]?key|stringData|^data$/i;
