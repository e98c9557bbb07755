import { Application, defineRule, Platform, render, type Rule } from '@strake/core';
import { checkRules } from '@strake/core/tools';
import { expect, test } from 'vitest';
import { rules, type RulesProperties } from './rules.ts';

class Shop extends Application {}

const rule: Rule = defineRule({
  code: 'no-shop',
  package: '@acme/rules',
  summary: 'no shop',
  why: 'It is closed.',
  fix: 'Remove it.',
  severity: 'error',
  check: ({ objects }, report) => objects.forEach((at) => report({ at, written: 'it is there' })),
});
const waiver = { rule: 'no-shop', reason: 'It opens again.', until: '2026-12-31' };

function findingsOf(properties: RulesProperties) {
  const platform = new Platform('acme', { environments: { production: {} } }).supply(rules(properties));
  return render({ project: 'shop', platform, applications: { shop: Shop } }).findings.map(
    ({ code, written, allowed }) => `${code}: ${written}; ${allowed}`,
  );
}

test.each<[string, RulesProperties, string]>([
  ['without a reason', { waive: [{ ...waiver, reason: ' ' }] }, '`waive.0.reason`'],
  ['without a day', { waive: [{ ...waiver, until: 'soon' }] }, '`waive.0.until`'],
  ['until a day that no month has', { waive: [{ ...waiver, until: '2026-02-30' }] }, '`waive.0.until`'],
  ['of an object without a kind', { waive: [{ ...waiver, object: 'web' }] }, '`waive.0.object`'],
  ['of a severity that there is not', { severity: { 'no-shop': 'off' as 'error' } }, '`severity.no-shop`'],
  ['of two rules with one code', { hold: [rule, { ...rule }] }, '`hold`'],
  ['of a rule whose code is no word', { hold: [{ ...rule, code: 'No Shop' }] }, '`hold.0`'],
])('rejects what is said %s', (_, properties, place) => {
  const found = findingsOf(properties);
  expect(found).toHaveLength(1);
  expect(found[0]?.replaceAll(/\[(\d+)\]/g, '.$1')).toContain(`property-invalid: ${place}`);
});

test('accepts rules, severities and waivers', () => {
  expect(findingsOf({ hold: [rule], severity: { 'no-shop': 'warning' }, waive: [waiver] })).toEqual([]);
  expect(findingsOf({})).toEqual([]);
});

test('what the scope holds, permits and weighs reaches the check', () => {
  const judged = (properties: RulesProperties, today = '2026-12-31') => {
    const platform = new Platform('acme', { environments: { production: {} } }).supply(rules(properties));
    const check = checkRules({ platform, recommended: [], today });
    const [environment] = platform.environments;
    if (environment === undefined) return [];
    const codes: string[] = [];
    const report = (each: { readonly severity: string; readonly code: string }) =>
      codes.push(`${each.severity} ${each.code}`);
    const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } };
    const manifests = [{ object, delegations: [] }];
    check.application({ environment, application: 'shop', namespace: 'shop', manifests }, report);
    check.end(report);
    return codes;
  };
  expect(judged({})).toEqual([]);
  expect(judged({ hold: [rule] })).toEqual(['error rule/no-shop']);
  expect(judged({ hold: [rule], severity: { 'no-shop': 'warning' } })).toEqual(['warning rule/no-shop']);
  expect(judged({ hold: [rule], waive: [waiver] })).toEqual([]);
  expect(judged({ hold: [rule], waive: [waiver] }, '2027-01-01')).toEqual([
    'error rule/no-shop',
    'warning waiver-expired',
  ]);
});
