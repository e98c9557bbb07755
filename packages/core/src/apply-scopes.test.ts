import { SecretClaim, WebService } from '@strake/components';
import { expect, test } from 'vitest';
import { Application, defineScope, Platform, propertiesOf, render } from './index.ts';

const supplierNamed = (name: string) =>
  defineScope({
    name,
    package: '@acme/scopes',
    summary: 'Supplies secrets.',
    supplies: ['secret'],
    properties: propertiesOf<{}>()({}),
    application: () => {},
  });

class Shop extends Application {
  readonly login = new SecretClaim(this, 'login', { keys: ['user'] });
  readonly token = new SecretClaim(this, 'token', { keys: ['value'] });
}

class Open extends Application {
  readonly web = new WebService(this, 'web', { image: 'web:1', ports: { http: 80 } });
}

function findingsWith(...names: string[]) {
  const empty = new Platform('acme', { environments: { live: {} } });
  const platform = names.reduce((supplied, name) => supplied.supply(supplierNamed(name)()), empty);
  return render({ project: 'shop', applications: { shop: Shop, open: Open }, platform }).findings;
}

test('reports two scopes that supply one kind of claim once, for an application that claims it', () => {
  expect(findingsWith('vault', 'sealed')).toMatchObject([
    {
      code: 'scope-conflict',
      path: 'shop',
      written: 'the scopes `vault` and `sealed` both supply each secret that it claims',
    },
  ]);
  expect(findingsWith('vault')).toEqual([]);
});

test('reports each claim that no scope supplies', () => {
  const fix = 'Supply `sealedSecrets()` or `externalSecrets()` on the platform.';
  expect(findingsWith()).toMatchObject([
    { code: 'claim-unsupplied', path: 'shop/login', fix },
    { code: 'claim-unsupplied', path: 'shop/token', fix },
  ]);
});
