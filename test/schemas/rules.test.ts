import { Environment } from '@marcbachmann/cel-js';
import type { SchemaNode } from '@strake/checks/schemas';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addKubernetesFunctions } from '../../packages/checks/src/schemas/cel-functions.ts';
import { unpackSchemas } from '../../packages/checks/src/schemas/packed-schemas.ts';
import { PatternMatcher } from '../../packages/checks/src/schemas/pattern-matcher.ts';
import { rewritten, ruleJudge } from '../../packages/checks/src/schemas/rule-judge.ts';
import { Schemas } from '../../packages/checks/src/schemas/schemas.ts';
import { builtInSchemas } from '../../packages/checks/src/schemas/kubernetes-versions.ts';
import { FOLDER } from '../generate/schemas/generated.ts';
import { allObjects } from './objects.ts';

const NODES = allNodes();

/** Each node of each generated schema. */
function allNodes(): readonly SchemaNode[] {
  const seen = new Set<SchemaNode>();
  const visit = (node: SchemaNode | undefined) => {
    if (node === undefined || seen.has(node)) return;
    seen.add(node);
    const { allOf = [], anyOf = [], oneOf = [], not, items, values, properties = {} } = node;
    for (const each of [...allOf, ...anyOf, ...oneOf, not, items, values, ...Object.values(properties)])
      visit(each);
  };
  for (const file of readdirSync(FOLDER)) {
    const data = /^ {2}'(.*)';$/m.exec(readFileSync(join(FOLDER, file), 'utf8'))?.[1] ?? '';
    for (const root of unpackSchemas(data).values()) visit(root);
  }
  return [...seen];
}

test('every rule of the generated schemas is understood', () => {
  const environment = new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true });
  addKubernetesFunctions(environment);
  const rules = new Set(NODES.flatMap(({ rules = [] }) => rules.map(({ rule }) => rule)));
  const refused = [...rules].filter((rule) => !environment.parse(rewritten(rule)).check().valid);
  expect(rules.size).toBeGreaterThan(100);
  expect(refused).toEqual([]);
});

test('every pattern of the generated schemas is understood', () => {
  const patterns = new Set(NODES.flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern])));
  expect(patterns.size).toBeGreaterThan(40);
  for (const pattern of patterns) expect(() => new PatternMatcher(pattern), pattern).not.toThrow();
});

test('every rule that an object of the repository meets is judged, and holds', async () => {
  const judge = ruleJudge();
  const outcomes = new Map<boolean | undefined, number>();
  const builtIn = await builtInSchemas('1.36');
  const schemas = new Schemas(builtIn, (...asked) => {
    const outcome = judge(...asked);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    return outcome;
  });
  const objects = allObjects();
  for (const { object } of objects) schemas.check(object);
  expect([...outcomes.keys()]).toEqual([true]);
  expect(outcomes.get(true)).toBeGreaterThan(50);
  const start = performance.now();
  for (const { object } of objects) schemas.check(object);
  console.info(
    `${Math.round((objects.length / (performance.now() - start)) * 1000)} objects checked a second`,
  );
});
