import { defineRule } from '@strake/core';
import { expect, test } from 'vitest';
import { passes, tripsOn } from './rule-fixtures.ts';

const noService = defineRule({
  code: 'no-service',
  package: '@acme/rules',
  summary: 'no Service',
  why: 'It is not wanted.',
  fix: 'Remove it.',
  severity: 'warning',
  check(target, report) {
    for (const at of target.of('Service')) report({ at, written: `it is in ${target.application}` });
  },
});
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } };
const pod = { ...service, kind: 'Pod' };

test('a fixture that trips a rule hands back what the rule says', () => {
  expect(tripsOn(noService, [service], { application: 'cart', objects: [service] })).toMatchObject([
    { code: 'rule/no-service', written: 'Service `web`: it is in shop', environments: ['default'] },
    { written: 'Service `web`: it is in cart' },
  ]);
});

test('a fixture that was to trip and does not fails', () => {
  expect(() => tripsOn(noService, [pod])).toThrow('no-service finds nothing');
});

test('a near miss that trips fails and says what was found', () => {
  expect(() => passes(noService, [pod])).not.toThrow();
  expect(() => passes(noService, [service])).toThrow('no-service finds:\n  Service `web`: it is in shop');
});

test('a rule that throws fails, whatever was to be', () => {
  const throwing = defineRule({ ...noService, check: () => JSON.parse('{') });
  expect(() => passes(throwing, [pod])).toThrow('no-service: it threw SyntaxError');
  expect(() => tripsOn(throwing, [pod])).toThrow('no-service: it threw SyntaxError');
});

test('refuses an object that is none', () => {
  expect(() => passes(noService, [{ kind: 'Service' }])).toThrow('an object of a fixture has');
});
