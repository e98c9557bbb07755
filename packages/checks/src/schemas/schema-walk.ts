import type { JsonValue } from '@strake/core';
import type { PreparedSchema } from './prepared-schema.ts';
import type { NoticedProblem } from './schema-problem.ts';
import type { SchemaNode, SchemaRule } from './schema-node.ts';

/** Judges a rule; undefined where it cannot be judged. */
export type RuleJudge = (rule: SchemaRule, value: JsonValue, node: SchemaNode) => boolean | undefined;

/** No object nests deeper, but the ones made to break a checker. */
const MAX_DEPTH = 400;

/** How many values of one object are looked at: combinations of schemas can ask for exponentially many. */
const MAX_LOOKS = 500_000;

/** One way through an object and its schema at once. */
export class SchemaWalk {
  /** Where the walk is. */
  readonly steps: string[] = [];
  readonly objectMeta: PreparedSchema;
  readonly judge: RuleJudge | undefined;
  /** Whether a field that is null counts as absent, as built-in kinds have it. */
  nullIsAbsent: boolean;
  /** Whether only values are judged, and fields not: inside `anyOf` and the like. */
  isInCombination = false;
  readonly #notice: (problem: NoticedProblem, steps: readonly string[]) => void;
  #looks = 0;
  #refusals = 0;

  constructor(options: {
    readonly objectMeta: PreparedSchema;
    readonly judge: RuleJudge | undefined;
    readonly nullIsAbsent: boolean;
    readonly notice: (problem: NoticedProblem, steps: readonly string[]) => void;
  }) {
    this.objectMeta = options.objectMeta;
    this.judge = options.judge;
    this.nullIsAbsent = options.nullIsAbsent;
    this.#notice = options.notice;
  }

  report(problem: NoticedProblem): void {
    if (this.isInCombination) this.#refusals++;
    else this.#notice(problem, [...this.steps]);
  }

  /** Whether the walk may look at one more value. */
  look(): boolean {
    if (this.#looks > MAX_LOOKS) return false;
    if (++this.#looks <= MAX_LOOKS && this.steps.length <= MAX_DEPTH) return true;
    this.#notice(TOO_COSTLY, [...this.steps]);
    this.#looks = MAX_LOOKS + 1;
    return false;
  }

  /** Goes on to what stands below a step; `leave` comes back. */
  enter(step: string): void {
    this.steps.push(step);
  }

  leave(): void {
    this.steps.pop();
  }

  /** Whether a look finds nothing to report. */
  accepts(look: () => void): boolean {
    const [outside, before] = [this.isInCombination, this.#refusals];
    this.isInCombination = true;
    look();
    this.isInCombination = outside;
    const accepted = this.#refusals === before;
    this.#refusals = before;
    return accepted;
  }
}

const TOO_COSTLY: NoticedProblem = {
  code: 'schema-invalid-value',
  written: 'an object that takes too long to check',
  allowed: `at most ${MAX_DEPTH} levels and ${MAX_LOOKS} values, combinations of schemas counted each time`,
  fix: 'Make the object or its schema smaller, or turn the check off for its kind.',
};
