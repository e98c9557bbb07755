import type { Environment } from '@strake/core';
import { expect, test } from 'vitest';
import { hasCredentials, pathInGit, syncName } from './agent-properties.ts';

function environment(name: string): Environment {
  return { name, tier: name, cluster: name, kubernetes: '1.34', namespaceOf: (each) => each };
}

test('two applications never share a name, and every name fits a label', () => {
  const long = 'a'.repeat(63);
  const names = [
    syncName({}, environment('c'), 'a-b'),
    syncName({}, environment('b-c'), 'a'),
    syncName({}, environment(`${long.slice(1)}b`), long),
    syncName({}, environment(long), long),
    syncName({}, environment('production'), 'cart'),
    syncName({ names: { production: { cart: 'shop-cart' } } }, environment('production'), 'cart'),
  ];
  expect(new Set(names).size).toBe(names.length);
  expect(names.slice(-2)).toEqual(['cart.production', 'shop-cart']);
  for (const name of names) expect(name).toMatch(/^(?=.{1,63}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/);
});

test('knows a folder from the root of the Git repository', () => {
  expect(pathInGit({}, 'environments/production')).toBe('environments/production');
  expect(pathInGit({ path: './deploy/gitops/' }, 'clusters')).toBe('deploy/gitops/clusters');
});

test.each([
  ['https://token@github.com/acme/gitops', true],
  ['ssh://git:password@github.com/acme/gitops', true],
  ['ssh://git@github.com/acme/gitops', false],
  ['https://github.com/acme/git@ops', false],
])('sees whether %s carries credentials', (url, expected) => {
  expect(hasCredentials(url)).toBe(expected);
});
