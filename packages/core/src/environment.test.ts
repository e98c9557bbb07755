import { Worker, WebService } from '@strake/components';
import { network } from '@strake/scopes';
import { expect, test } from 'vitest';
import { Application, from, Platform, render, type PlatformProperties } from './index.ts';
import { usedDefinitions } from './used-definitions.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'shop:1', ports: { http: 80 } });
}

class Load extends Application {
  readonly generator = new Worker(this, 'generator', { image: 'load:1' }).connectTo(from(Shop).web);
}

type Two = 'live' | 'test';

function renderTwo(properties: Partial<PlatformProperties<Two>>) {
  const platform = new Platform<Two>('acme', { environments: { live: {}, test: {} }, ...properties }).supply(
    network({ allowIngressFrom: [{ namespace: 'x', components: ['load/generator', 'shop'] }] }),
  );
  const config = { project: 'shop', applications: { shop: Shop, load: Load }, platform, ownsPlatform: true };
  const { applications, findings } = render(config);
  const rendered = applications.map(({ environment, application, namespace }) =>
    [environment.name, application, namespace].join('/'),
  );
  return { config, findings, rendered };
}

test('renders an application in the environments that the platform gives it, and in no other', () => {
  const { config, findings, rendered } = renderTwo({ applications: { load: { environments: ['test'] } } });
  expect(findings).toEqual([]);
  expect(rendered).toEqual([
    'live/shop/shop',
    'live/platform/default',
    'test/shop/shop',
    'test/load/load',
    'test/platform/default',
  ]);
  expect(usedDefinitions(config).map(({ name }) => name)).toContain('worker');
  const nowhere = renderTwo({ applications: { load: { environments: [] } } });
  expect(usedDefinitions(nowhere.config).map(({ name }) => name)).not.toContain('worker');
});

test('says of a connection that the other application is not in the environment', () => {
  const { findings } = renderTwo({ applications: { shop: { environments: ['live'] } } });
  expect(findings).toMatchObject([
    {
      code: 'connection-target-missing',
      path: 'load/generator',
      environments: ['test'],
      written: 'connectTo() names `Shop.web`, and `shop` is not in this environment',
    },
  ]);
});

test('names an environment of an application that the platform does not have', () => {
  const misspelt = new Platform('acme', {
    environments: { live: {} },
    // @ts-expect-error a name that `environments` does not have
    applications: { shop: { environments: ['lives'] } },
  });
  const { findings } = render({ project: 'shop', applications: { shop: Shop }, platform: misspelt });
  expect(findings).toMatchObject([
    { code: 'environment-unknown', path: 'platform/shop', fix: 'Did you mean `live`?' },
  ]);
});

test('gives all environments the namespace of the platform, but those with one of their own', () => {
  const environments = { live: {}, test: { namespace: 'try', namespaces: { load: 'load' } } };
  const { rendered } = renderTwo({ namespace: 'acme', environments });
  expect(rendered.filter((each) => !each.includes('/platform/'))).toEqual([
    'live/shop/acme',
    'live/load/acme',
    'test/shop/try',
    'test/load/load',
  ]);
});
