import { WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { command, type CommandProperties } from './command.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', {
    image: 'ghcr.io/acme/web:1.0.0',
    args: ['--verbose', '--set', 'a=1'],
    ports: { http: 8080 },
  });
}

function shopWith(properties: CommandProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(command(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const written = (container: object) => ({ template: { spec: { containers: [container] } } });

test('replaces the command and the arguments of the component', () => {
  const { findings, spec } = shopWith({ command: ['/bin/cart'], args: ['--debug'] });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(written({ command: ['/bin/cart'], args: ['--debug'] }));
});

test("leaves the image's own where a list is empty", () => {
  const { findings, spec } = shopWith({ args: [] });
  expect(findings).toEqual([]);
  expect(JSON.stringify(spec)).not.toContain('"args"');
});

test('appends and removes arguments, and keeps those that stand there twice', () => {
  const { findings, spec } = shopWith({ removeArgs: ['--verbose'], appendArgs: ['--set', 'b=2'] });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(written({ args: ['--set', 'a=1', '--set', 'b=2'] }));
});

test('names an argument to remove that the component does not give', () => {
  expect(shopWith({ removeArgs: ['--quiet'] }).findings).toMatchObject([
    {
      code: 'reference-unknown',
      written: '`removeArgs` of `command` names "--quiet"',
      allowed: '["--verbose","--set","a=1"]',
    },
  ]);
});

test('rejects all arguments together with changed ones, and nothing', () => {
  expect(shopWith({ args: ['a'], appendArgs: ['b'] }).findings).toMatchObject([{ code: 'property-invalid' }]);
  expect(shopWith({}).findings).toMatchObject([{ code: 'property-invalid' }]);
});
