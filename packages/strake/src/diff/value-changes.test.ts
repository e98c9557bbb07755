import { expect, test } from 'vitest';
import { valueChanges } from './value-changes.ts';

const POLICY = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' };
const POD = { apiVersion: 'v1', kind: 'Pod' };

const changes = (kind: { apiVersion: string; kind: string }, before: object, after: object) =>
  valueChanges(kind, { spec: { ...before } }, { spec: { ...after } }).map(
    ({ steps, before: old, after: wanted }) =>
      `${steps.join('.')}: ${JSON.stringify(old)} > ${JSON.stringify(wanted)}`,
  );

test('equal values have no changes, and entries that are undefined count as absent', () => {
  expect(changes(POD, { a: 1, b: undefined }, { a: 1 })).toEqual([]);
});

test('elements of keyed lists are compared by key, and another order alone is one change', () => {
  const [one, two] = [
    { name: 'one', image: 'a' },
    { name: 'two', image: 'b' },
  ];
  expect(changes(POD, { containers: [one, two] }, { containers: [two, { ...one, image: 'c' }] })).toEqual([
    'spec.containers.one.image: "a" > "c"',
  ]);
  expect(changes(POD, { containers: [one, two] }, { containers: [two, one] })).toEqual([
    'spec.containers: ["one","two"] > ["two","one"]',
  ]);
});

test('of lists without keys only what lies between their equal ends is told', () => {
  const rule = (port: number) => ({ ports: [{ port }] });
  expect(changes(POLICY, { egress: [rule(1), rule(2), rule(3)] }, { egress: [rule(1), rule(3)] })).toEqual([
    'spec.egress.1: {"ports":[{"port":2}]} > undefined',
  ]);
  expect(changes(POLICY, { egress: [rule(1), rule(2)] }, { egress: [rule(1), rule(4)] })).toEqual([
    'spec.egress.1.ports.0.port: 2 > 4',
  ]);
  expect(changes(POLICY, { egress: [] }, { egress: [rule(1)] })).toEqual([
    'spec.egress.0: undefined > {"ports":[{"port":1}]}',
  ]);
});

test('a list of texts is one value', () => {
  expect(changes(POLICY, { policyTypes: ['Ingress'] }, { policyTypes: ['Ingress', 'Egress'] })).toEqual([
    'spec.policyTypes: ["Ingress"] > ["Ingress","Egress"]',
  ]);
});
