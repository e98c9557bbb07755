import type { FindingCode } from './finding-codes.ts';
import { bothEnds, shortName } from './short-text.ts';
import { sourceLine, type Origin, type SourceLine } from './source-line.ts';
import { summarisedFindings } from './summarised-findings.ts';

export type Severity = 'error' | 'warning';

/** The code of a rule's finding: the rule's own code after `rule/`. */
export type RuleCode = `rule/${string}`;

/** Something that is wrong with the input, said so that its reader can mend it. */
export interface Finding {
  readonly code: FindingCode | RuleCode;
  readonly severity: Severity;
  /** Construct path, from the application down: `cart/web`. */
  readonly path: string;
  /** Environments in which it holds; empty when it does not depend on one. */
  readonly environments: readonly string[];
  /** Lines of the user's code that it is about. */
  readonly sources: readonly SourceLine[];
  /** What was written. Values of secrets are masked. */
  readonly written: string;
  /** What is allowed instead. */
  readonly allowed: string;
  /** What to do next, one imperative sentence. */
  readonly fix: string;
  /** Kind and name of the object that a rule's finding is about: `Deployment/web`. */
  readonly object?: string;
  /** The waiver that would permit it, for `rules({ waive: [...] })`. */
  readonly waive?: string;
}

/** What the place that notices a finding knows about it. */
export interface FindingInput {
  readonly code: FindingCode | RuleCode;
  /** @default 'error' */
  readonly severity?: Severity;
  readonly path: string;
  readonly origins?: readonly (Origin | undefined)[];
  readonly sources?: readonly SourceLine[];
  readonly written: string;
  readonly allowed: string;
  readonly fix: string;
  readonly object?: string;
  readonly waive?: string;
}

export function finding(input: FindingInput): Finding {
  const { origins = [], sources = origins.map(sourceLine), severity = 'error', ...said } = input;
  return {
    ...said,
    path: bothEnds(said.path, LONGEST_PATH),
    written: bothEnds(said.written, LONGEST_TEXT),
    allowed: bothEnds(said.allowed, LONGEST_TEXT),
    fix: bothEnds(said.fix, LONGEST_TEXT),
    ...(said.object !== undefined && { object: bothEnds(said.object, LONGEST_TEXT) }),
    ...(said.waive !== undefined && { waive: bothEnds(said.waive, LONGEST_TEXT) }),
    severity,
    environments: [],
    sources: sources.filter((source) => source !== undefined),
  };
}

/** Characters of a path and of each text: a name in it may be as long as its author likes, and stand in many findings. */
const LONGEST_PATH = 500;
const LONGEST_TEXT = 2000;

/** The one error that Strake throws: it carries findings. */
export class StrakeError extends Error {
  override readonly name = 'StrakeError';
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[], options?: ErrorOptions) {
    super(findings.map((each) => `${each.code} ${each.path}: ${each.written}`).join('\n'), options);
    this.findings = findings;
  }

  /** Holds for errors of any installed copy of Strake. */
  static is(value: unknown): value is StrakeError {
    return value instanceof Error && value.name === 'StrakeError' && 'findings' in value;
  }
}

/**
 * One finding for the same fault in several environments, sorted by path, code, place and environment.
 * @param order names of environments as the platform declares them; others follow as they come
 */
export function sortFindings(findings: readonly Finding[], order: readonly string[] = []): Finding[] {
  const merged = new Map<string, { readonly last: Finding; readonly environments: Set<string> }>();
  const indexes = new Map(order.map((name, index) => [shortName(name), index] as const).toReversed());
  const indexOf = (name: string) => indexes.get(name) ?? order.length;
  for (const each of findings) {
    const key = JSON.stringify([
      each.path,
      each.code,
      each.severity,
      each.written,
      each.allowed,
      each.fix,
      each.sources,
    ]);
    const environments = merged.get(key)?.environments ?? new Set();
    for (const name of each.environments) environments.add(shortName(name));
    merged.set(key, { last: each, environments });
  }
  const ordered = [...merged.values()].map(({ last, environments }) => ({
    ...last,
    environments: [...environments].toSorted((left, right) => indexOf(left) - indexOf(right)),
  }));
  const rank = ({ path, code, sources, environments: [first = ''], written }: Finding) =>
    [
      path,
      code,
      sources.map(({ file, line, column }) => `${file}:${pad(line)}:${pad(column)}`),
      pad(indexOf(first)),
      written,
    ].join('\0');
  const sorted = ordered
    .map((each) => ({ each, rank: rank(each) }))
    .toSorted((left, right) => (left.rank < right.rank ? -1 : 1));
  return summarisedFindings(sorted.map(({ each }) => each));
}

function pad(count: number): string {
  return String(count).padStart(8, '0');
}
