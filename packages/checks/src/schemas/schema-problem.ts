import type { Severity } from '@strake/core';

/** What one thing that is wrong with an object is about. */
export type SchemaProblemCode =
  | 'schema-invalid-value'
  | 'schema-missing-field'
  | 'schema-unknown-field'
  | 'schema-unknown-kind'
  | 'schema-wrong-type';

/** One place where an object is not what its schema says. */
export interface SchemaProblem {
  readonly code: SchemaProblemCode;
  readonly severity: Severity;
  /** The way to the place; elements of lists by their position. */
  readonly steps: readonly string[];
  /** The same as a JSON pointer: `/spec/template/spec/containers/0/image`. */
  readonly pointer: string;
  /** What was written. Values that may be secrets are masked. */
  readonly written: string;
  readonly allowed: string;
  /** What to do next, one imperative sentence. */
  readonly fix: string;
}

/** A problem as the place that notices it says it. */
export interface NoticedProblem {
  readonly code: SchemaProblemCode;
  readonly written: string;
  readonly allowed: string;
  readonly fix: string;
}

/** A JSON pointer, RFC 6901. */
export function pointerOf(steps: readonly string[]): string {
  return steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
