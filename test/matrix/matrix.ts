import type { Finding } from '@strake/core';
import type { SchemaCheck } from '@strake/checks/schemas';
import { trials, violationText, type Trial, type Trials, type Violation } from '@strake/testing';
import type { MatrixComponent } from './components.ts';
import { REFUSALS, type Refusal } from './refusals.ts';
import { GIVEN, INPUTS, type MatrixScopes } from './scopes.ts';
import type { MatrixTrait } from './traits.ts';

/** What came of all pairs that were tried. */
export class MatrixResult {
  rendered = 0;
  refused = 0;
  /** Refusals that nothing declares, and declared ones that do not happen. */
  readonly unexplained: string[] = [];
  readonly violations: Violation[] = [];
  /** Refusals of the table that happened. */
  readonly met = new Set<Refusal>();

  /** What is wrong, one line for each thing; the same thing of many pairs is one line. */
  get lines(): readonly string[] {
    const groups = new Map<string, { readonly text: string; count: number }>();
    for (const each of this.violations) {
      const key = [each.invariant, each.object, each.path, each.written].join('\0');
      const group = groups.get(key) ?? { text: violationText(each), count: 0 };
      group.count++;
      groups.set(key, group);
    }
    return [
      ...this.unexplained,
      ...[...groups.values()].map(({ text, count }) =>
        count === 1 ? text : `${text} (and ${count - 1} more)`,
      ),
    ];
  }
}

/** Where pairs are tried: one component under some scopes. */
export interface MatrixCell {
  readonly component: MatrixComponent;
  readonly scopes: MatrixScopes;
}

/** Tries single traits and pairs of them in one cell of the matrix. */
export class Matrix {
  readonly cell: MatrixCell;
  readonly result: MatrixResult;
  readonly trials: Trials;
  readonly alone = new Map<MatrixTrait, Trial>();

  constructor(cell: MatrixCell, result: MatrixResult, schemas?: SchemaCheck) {
    this.cell = cell;
    this.result = result;
    const { component, scopes } = cell;
    this.trials = trials({
      on: (application) => component.construct(application),
      scopes: scopes.scopes,
      inputs: INPUTS,
      given: GIVEN,
      ...(schemas === undefined ? {} : { schemas }),
    });
  }

  /** Tries one trait. */
  one(trait: MatrixTrait): void {
    const trial = this.tryAlone(trait);
    this.count(trial, [trait], this.reasonsOf(trait));
  }

  /** Tries two traits of different types. */
  pair(one: MatrixTrait, other: MatrixTrait): void {
    const { type } = this.cell.component;
    const trial = this.trials.of(one.on(type), other.on(type));
    const isExpected = trial.isRefused || excludes(one, other) || excludes(other, one);
    const reasons = isExpected
      ? [...this.reasonsOf(one), ...this.reasonsOf(other), ...this.reasonsOfPair(one, other)]
      : [];
    this.count(trial, [one, other], reasons);
  }

  tryAlone(trait: MatrixTrait): Trial {
    const known = this.alone.get(trait) ?? this.trials.of(trait.on(this.cell.component.type));
    this.alone.set(trait, known);
    return known;
  }

  count(
    { isRefused, findings, violations }: Trial,
    traits: readonly MatrixTrait[],
    reasons: readonly Reason[],
  ): void {
    this.result.violations.push(...violations);
    if (isRefused) this.result.refused++;
    else this.result.rendered++;
    const place = `${this.cell.component.type} under ${this.cell.scopes.name}`;
    const names = traits.map(({ name }) => name).join(' + ');
    const errors = findings.filter(({ severity }) => severity === 'error');
    for (const each of errors) {
      const reason = reasons.find((given) => given.holds(each));
      if (reason?.refusal !== undefined) this.result.met.add(reason.refusal);
      if (reason === undefined)
        this.result.unexplained.push(
          `unexplained refusal: ${names} on ${place}: ${each.code}: ${each.written}`,
        );
    }
    for (const reason of reasons) {
      if (reason.isCertain && !errors.some((each) => reason.holds(each)))
        this.result.unexplained.push(`missing refusal: ${names} on ${place}: ${reason.text}`);
    }
  }

  /** Why a trait is refused here whatever stands beside it. */
  reasonsOf(trait: MatrixTrait): readonly Reason[] {
    const { findings } = this.tryAlone(trait);
    const said = findings.filter(({ severity }) => severity === 'error');
    const declared = said
      .filter(({ code }) => DECLARED.includes(code))
      .map(({ code, written }) => codeIs(code, written));
    return [...declared, ...NO_CLAIM, ...this.tableOf([trait])];
  }

  reasonsOfPair(one: MatrixTrait, other: MatrixTrait): readonly Reason[] {
    const isApplied = (trait: MatrixTrait) =>
      this.tryAlone(trait).findings.every(({ code }) => code !== 'capability-missing');
    const isDeclared = excludes(one, other) || excludes(other, one);
    const certain = isDeclared && isApplied(one) && isApplied(other);
    const text = `\`${one.factory}\` and \`${other.factory}\` exclude each other`;
    const conflict = { text, isCertain: true, holds: ({ code }: Finding) => code === 'trait-conflict' };
    return [...(certain ? [conflict] : []), ...this.tableOf([one, other])];
  }

  tableOf(traits: readonly MatrixTrait[]): readonly Reason[] {
    return REFUSALS.filter(({ traits: named, on, under }) => {
      const isHere =
        (on?.includes(this.cell.component.type) ?? true) && (under?.includes(this.cell.scopes.name) ?? true);
      return isHere && named.length === traits.length && isNamed(named, traits);
    }).map((refusal) => ({
      refusal,
      isCertain: false,
      text: String(refusal.written),
      holds: ({ code, written }) => code === refusal.code && refusal.written.test(written),
    }));
  }
}

/** Why a finding was to be expected. */
interface Reason {
  readonly text: string;
  /** Whether it must be said. */
  readonly isCertain: boolean;
  readonly refusal?: Refusal;
  holds(finding: Finding): boolean;
}

/** Codes by which core says what a definition declares. */
const DECLARED: readonly string[] = ['capability-missing', 'trait-misplaced', 'trait-requires'];

const NO_CLAIM: readonly Reason[] = [
  { text: 'nobody supplies secrets', isCertain: false, holds: ({ code }) => code === 'claim-unsupplied' },
];

function codeIs(code: string, written: string): Reason {
  return {
    text: written,
    isCertain: code === 'capability-missing',
    holds: (each) => each.code === code && each.written === written,
  };
}

/** Whether a trait says that it excludes another one. */
export function excludes({ info }: MatrixTrait, other: MatrixTrait): boolean {
  return info.conflictsWith?.includes(other.info.name) ?? false;
}

function isNamed(named: readonly string[], traits: readonly MatrixTrait[]): boolean {
  const fits = (name: string, trait: MatrixTrait | undefined) =>
    trait !== undefined &&
    (name.endsWith('*') ? trait.name.startsWith(name.slice(0, -1)) : trait.name === name);
  const [first, second] = traits;
  const [one = '', other] = named;
  if (other === undefined) return fits(one, first);
  return (fits(one, first) && fits(other, second)) || (fits(one, second) && fits(other, first));
}
