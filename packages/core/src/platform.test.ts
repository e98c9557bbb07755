import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  Platform,
  selects,
  suppliedProperties,
  type PlatformProperties,
  type ScopeSelector,
} from './platform.ts';
import { propertiesOf } from './properties.ts';
import { defineScope } from './scope.ts';

const platform = new Platform('acme', {
  environments: { live: { tier: 'production', labels: { region: 'eu' } }, test: {} },
  applications: { cart: { labels: { exposure: 'public' } } },
});

test.each<[ScopeSelector, string[]]>([
  [{}, ['live/cart', 'live/pay', 'test/cart', 'test/pay']],
  [{ tier: 'production' }, ['live/cart', 'live/pay']],
  [{ labels: { region: 'eu' } }, ['live/cart', 'live/pay']],
  [{ labels: { exposure: 'public' } }, ['live/cart', 'test/cart']],
  [{ labels: { exposure: 'public', region: 'eu' } }, ['live/cart']],
  [{ labels: { exposure: 'private' } }, []],
  [{ environments: ['test'], applications: ['pay'] }, ['test/pay']],
])('selects by %j', (selector, expected) => {
  const selected = platform.environments.flatMap((environment) =>
    ['cart', 'pay']
      .filter((application) => selects(selector, environment, application))
      .map((application) => `${environment.name}/${application}`),
  );
  expect(selected).toEqual(expected);
});

test('tells the properties of the scopes that hold for an application', () => {
  const limit = defineScope({
    name: 'limit',
    package: '@acme/scopes',
    summary: 'Limits.',
    properties: propertiesOf<{ readonly pods: number }>()({ pods: z.int() }),
  });
  const supplied = platform.supply(limit({ pods: 1 }), { tier: 'production' }).supply(limit({ pods: 2 }));
  const pods = supplied.environments.map((environment) =>
    suppliedProperties(supplied, limit, { environment, application: 'cart' }).map((each) => each.pods),
  );
  expect(pods).toEqual([[1, 2], [2]]);
});

/** What a platform says that was written where no compiler helps. */
function said(properties: object, selector: object = {}): string[] {
  const made: Platform = new Platform('acme', properties as PlatformProperties<string>);
  const limit = defineScope({
    name: 'limit',
    package: '@acme/scopes',
    summary: 'Limits.',
    properties: propertiesOf<{}>()({}),
  });
  return made
    .supply(limit(), selector)
    .findings.map(({ code, path, written, fix }) => [code, path, written, fix].join(' | '));
}

test('an unknown property of an environment is a finding, and not passed by', () => {
  expect(said({ environments: { live: { delivery: 'pull-request', kubernets: '1.34' }, test: {} } })).toEqual(
    [
      'property-unknown | platform/acme | `environments.live.delivery` of `Platform` is given as "pull-request" | Remove `delivery`.',
      'property-unknown | platform/acme | `environments.live.kubernets` of `Platform` is given as "1.34" | Did you mean `kubernetes`?',
    ],
  );
});

test.each([[1.3], ['v1.34'], ['1.34.2'], ['1.x']])('a cluster has no Kubernetes %j', (kubernetes) => {
  expect(said({ environments: { live: { kubernetes } } })).toEqual([
    `property-invalid | platform/acme | \`environments.live.kubernetes\` of \`Platform\` is ${JSON.stringify(kubernetes)} | Correct \`environments.live.kubernetes\`.`,
  ]);
});

test('what is wrong of an environment is left out, and the rest of it holds', () => {
  const live: object = { tier: 'production', kubernetes: 1.3, approval: 'manual-sink' };
  const [made] = new Platform('acme', { environments: { live } }).environments;
  expect(made).toMatchObject({ name: 'live', tier: 'production', kubernetes: '1.36' });
  expect(made).not.toHaveProperty('approval');
});

test('a misspelt approval is named with the one that was likely meant', () => {
  expect(said({ environments: { live: { approval: 'manual-sink' } } })).toMatchObject([
    expect.stringMatching(/`environments\.live\.approval`.* \| Did you mean `manual-sync`\?$/),
  ]);
});

test('a condition that no selector has is a finding: without it the scope would hold everywhere', () => {
  expect(said({ environments: { live: {} } }, { environment: ['live'] })).toEqual([
    'property-unknown | platform/limit | `environment` of `supply` is given as ["live"] | Did you mean `environments`?',
  ]);
});

test('unknown properties of an application and of the platform itself are findings', () => {
  expect(said({ environments: {}, application: {}, applications: { cart: { owner: 'me' } } })).toEqual([
    'property-unknown | platform/acme | `applications.cart.owner` of `Platform` is given as "me" | Did you mean `owners`?',
    'property-unknown | platform/acme | `application` of `Platform` is given as {} | Did you mean `applications`?',
  ]);
});

test.each([
  ['a text', 'x'.repeat(100_000)],
  ['a list', [{}, {}]],
])('environments that are %s are one fault, and no environments', (_, environments) => {
  const made = new Platform('acme', { environments } as never);
  expect(made.environments).toEqual([]);
  expect(made.findings.map(({ code, allowed }) => [code, allowed])).toEqual([['property-invalid', 'a map']]);
});

test('an environment that is a text is one fault, and has nothing but its name', () => {
  const made: Platform = new Platform('acme', { environments: { live: 'x'.repeat(100_000) } } as never);
  expect(made.findings).toHaveLength(1);
  expect(made.environments).toMatchObject([{ name: 'live', tier: 'live' }]);
});
