import type { Environment } from '@marcbachmann/cel-js';
import type { JsonValue } from '@strake/core';
import { celLibrary } from '../cel-library.ts';
import { celValue } from './cel-value.ts';
import { addKubernetesFunctions } from './cel-functions.ts';
import type { SchemaNode, SchemaRule } from './schema-node.ts';
import type { RuleJudge } from './schema-walk.ts';

type Program = ReturnType<Environment['parse']>;

/** Macros that look at every element; one in another multiplies the work. */
const LOOPS = /\.(?:all|exists|exists_one|map|filter)\(/g;
const MAX_WORK = 1_000_000;

/** Makes a judge of CEL rules. Each rule is compiled when it is first met, and once. */
export function ruleJudge(): RuleJudge {
  const programs = new Map<string, Program | undefined>();
  let environment: Environment | undefined;
  return ({ rule }: SchemaRule, value: JsonValue, node: SchemaNode) => {
    if (workOf(rule, value) > MAX_WORK) return undefined;
    if (!programs.has(rule)) programs.set(rule, compiled((environment ??= newEnvironment()), rule));
    return outcome(programs.get(rule), celValue(value, node));
  };
}

function newEnvironment(): Environment {
  const { Environment } = celLibrary();
  const environment = new Environment({
    unlistedVariablesAreDyn: true,
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: false,
  });
  addKubernetesFunctions(environment);
  return environment;
}

function compiled(environment: Environment, rule: string): Program | undefined {
  try {
    return environment.parse(rewritten(rule));
  } catch {
    return undefined;
  }
}

/** What the library has otherwise: `matches` in linear time is ours, and `has` of an element is an optional. */
export function rewritten(rule: string): string {
  return rule
    .replaceAll('.matches(', '.matchesPattern(')
    .replaceAll(/\bhas\(([\w.]+\[\d+\](?:\.\w+)*)\.(\w+)\)/g, '($1.?$2.hasValue())');
}

/** A rule that cannot be evaluated here is not held against the object. */
function outcome(program: Program | undefined, self: unknown): boolean | undefined {
  try {
    const result: unknown = program?.({ self });
    return typeof result === 'boolean' ? result : undefined;
  } catch {
    return undefined;
  }
}

/** An upper bound of the elements that a rule looks at. */
function workOf(rule: string, value: JsonValue): number {
  const loops = rule.match(LOOPS)?.length ?? 0;
  return loops === 0 ? 0 : sizeOf(value) ** Math.min(loops, 20);
}

/** The longest list or map in a value, itself included. */
function sizeOf(value: JsonValue | undefined, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > 400) return 1;
  const entries = Object.values(value);
  return Math.max(entries.length, ...entries.slice(0, 5000).map((each) => sizeOf(each, depth + 1)), 1);
}
