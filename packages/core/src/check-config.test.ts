import { expect, test } from 'vitest';
import { Application } from './application.ts';
import { checkConfig } from './check-config.ts';
import { Platform } from './platform.ts';
import type { RenderOptions } from './render.ts';

class Cart extends Application {}

function numbered(count: number, prefix: string): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

function said(config: object, options: RenderOptions = {}): string[] {
  const all = checkConfig({ project: 'cart', applications: { cart: Cart }, ...config }, options);
  return all.map(({ code, written, allowed, fix }) => [code, written, allowed, fix].join(' | '));
}

test('a name of a hundred thousand characters is shown by its beginning', () => {
  const [found = ''] = said({ project: 'N'.repeat(100_000) });
  expect(found).toContain(`the name \`${'N'.repeat(97)}...\``);
  expect(found.length).toBeLessThan(500);
});

test('a thousand wrong names are told, and of more how many there are', () => {
  const applications = (count: number) =>
    Object.fromEntries(numbered(count, 'App_').map((name) => [name, Cart]));
  expect(said({ applications: applications(1000) })).toHaveLength(1000);
  const found = said({ applications: applications(1007) });
  expect(found).toHaveLength(1001);
  expect(found.at(-1)).toMatch(
    /^name-invalid \| 7 more names like these, from `App_1000` on \| .* \| Rename them as well\.$/,
  );
});

test('a thousand unknown environments are told with what was meant, and of more how many there are', () => {
  const environments = Object.fromEntries(numbered(300, 'env-').map((name) => [name, {}]));
  const platform = new Platform('acme', { environments });
  const found = said({ platform }, { environments: ['env-1', 'emv-1', ...numbered(20_000, 'other')] });
  expect(found).toHaveLength(1001);
  expect(found[0]).toContain('the environment `emv-1`');
  expect(found[0]).toContain('Did you mean `env-1`?');
  expect(found[0]).toMatch(/`env-98`, `env-99` and 200 more/);
  expect(found[1000]).toContain('19001 more environments, from `other999` on');
});

test('what is no name in a list of environments is told where it was parsed, and not again', () => {
  const environments = { live: {} };
  const applications = { cart: { environments: [1, 2, 'live', 'lively'] } };
  const platform = new Platform('acme', { environments, applications } as never);
  expect(said({ platform }).filter((each) => each.startsWith('environment-unknown'))).toEqual([
    'environment-unknown | the environment `lively` | `live` | Did you mean `live`?',
  ]);
  expect(platform.findings).toHaveLength(2);
});

test('an environment that is given where a list of them is wanted is known all the same', () => {
  const platform = new Platform('acme', {
    environments: { live: {} },
    applications: { cart: { environments: 'live' } },
  } as never);
  expect(said({ platform }).map((each) => each.split(' | ')[0])).toEqual(['property-invalid']);
});
