import { expect, test } from 'vitest';
import * as z from 'zod';
import { Platform, selects, suppliedProperties, type ScopeSelector } from './platform.ts';
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
