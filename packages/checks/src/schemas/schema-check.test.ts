/* oxlint-disable no-new -- a construct joins its tree */
import { Application, Platform, render, type Finding } from '@strake/core';
import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { expect, test } from 'vitest';
import { schemaCheck, type SchemaCheckOptions } from './schema-check.ts';

class Shop extends Application {
  constructor(parent: Construct, id: string) {
    super(parent, id);
    new ApiObject(this, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'shop' },
      data: { retries: 3 },
    });
  }
}

async function findings(options: Partial<SchemaCheckOptions> = {}, kubernetes = '1.34'): Promise<Finding[]> {
  const environments = { production: { kubernetes }, staging: { kubernetes } };
  const platform = new Platform('acme', { environments });
  const found: Finding[] = [];
  const check = await schemaCheck({ kubernetes: [kubernetes], ...options });
  for (const each of render({ project: 'shop', platform, applications: { shop: Shop } }).applications) {
    check(each, (one) => found.push(one));
  }
  return found;
}

test('a problem is a finding of the application', async () => {
  const [found] = await findings();
  expect(found).toMatchObject({
    code: 'schema-wrong-type',
    severity: 'error',
    path: 'shop',
    allowed: 'a text',
    fix: 'Write the value as a text, in quotes.',
  });
  expect(found?.written).toContain('`/data/retries` of ConfigMap `shop`');
});

test('the finding names whoever decided the place', async () => {
  const writer = {
    layer: 'trait',
    definition: 'env',
    package: '@acme/traits',
    path: 'shop/web',
    origin: undefined,
  } as const;
  const asked: string[] = [];
  const found = await findings({
    writersOf: ({ object }, steps) => {
      asked.push([object.kind, ...steps].join('.'));
      return [writer];
    },
  });
  expect(found.map(({ path }) => path)).toEqual(['shop/web', 'shop/web']);
  expect(asked).toEqual(['ConfigMap.data.retries', 'ConfigMap.data.retries']);
});

test('an environment of a version that Strake does not have is told which is used instead', async () => {
  const found = (await findings({ severity: { ConfigMap: 'off' } }, '1.28')).map(
    ({ code, severity, written, path }) => ({
      code,
      severity,
      written,
      path,
    }),
  );
  expect(found).toMatchInlineSnapshot(`
    [
      {
        "code": "version-unsupported",
        "path": "production",
        "severity": "warning",
        "written": "Kubernetes \`1.28\`; objects are checked against the schemas of 1.33 instead",
      },
      {
        "code": "version-unsupported",
        "path": "staging",
        "severity": "warning",
        "written": "Kubernetes \`1.28\`; objects are checked against the schemas of 1.33 instead",
      },
    ]
  `);
});

test('rendered CRDs give schemas to the objects beside them', async () => {
  const openAPIV3Schema = {
    type: 'object',
    properties: { spec: { type: 'object', properties: { a: { type: 'string' } } } },
  };
  class WithDefinition extends Application {
    constructor(parent: Construct, id: string) {
      super(parent, id);
      new ApiObject(this, 'thing', {
        apiVersion: 'example.com/v1',
        kind: 'Thing',
        metadata: { name: 'a' },
        spec: { a: 1 },
      });
      new ApiObject(this, 'crd', {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'things.example.com' },
        spec: {
          group: 'example.com',
          scope: 'Namespaced',
          names: { kind: 'Thing', plural: 'things' },
          versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
        },
      });
    }
  }
  const check = await schemaCheck({ kubernetes: ['1.36'] });
  const codes: string[] = [];
  for (const each of render({ project: 'a', applications: { a: WithDefinition } }).applications)
    check(each, ({ code }) => codes.push(code));
  expect(codes).toEqual(['schema-wrong-type']);
});
