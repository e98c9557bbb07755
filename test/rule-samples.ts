import type { Rule } from '@strake/core';
import { passes, tripsOn, type RuleFixtureInput } from '@strake/testing';
import { expect, test } from 'vitest';

/** One input that a rule finds something in, and near misses that it does not. */
export interface RuleSample {
  readonly rule: Rule;
  readonly trips: RuleFixtureInput | readonly RuleFixture[];
  /** What it says, in full. */
  readonly written: string | readonly string[];
  readonly passes: readonly RuleFixtureInput[];
}

type RuleFixture = Extract<RuleFixtureInput, { readonly objects: unknown }>;

/** Tests rules by their samples. */
export function testRules(samples: readonly RuleSample[]): void {
  test.each(samples)('$rule.code finds what it is about', ({ rule, trips, written }) => {
    const found = tripsOn(rule, ...(isSeveral(trips) ? trips : [trips]));
    expect(found.map((each) => each.written)).toEqual(typeof written === 'string' ? [written] : written);
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set([`rule/${rule.code}`]));
  });

  test.each(samples)('$rule.code finds nothing in near misses', ({ rule, passes: near }) => {
    expect(near.length).toBeGreaterThan(0);
    for (const each of near) expect(() => passes(rule, each)).not.toThrow();
  });
}

function isSeveral(input: RuleSample['trips']): input is readonly RuleFixture[] {
  return Array.isArray(input) && input.some((each) => 'objects' in each);
}
