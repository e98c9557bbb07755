import { WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { hostAliases, type HostAliasesProperties } from './host-aliases.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: HostAliasesProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(hostAliases(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const written = (spec: object) => ({ template: { spec } });

test('names hosts by their address', () => {
  const { findings, spec } = shopWith({
    hostnames: { '10.1.2.3': ['legacy.example.com', 'legacy'], 'fd00::1': ['legacy'] },
  });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(
    written({
      hostAliases: [
        { ip: '10.1.2.3', hostnames: ['legacy.example.com', 'legacy'] },
        { ip: 'fd00::1', hostnames: ['legacy'] },
      ],
    }),
  );
});

test('rejects what is no address and what is no host', () => {
  expect(shopWith({ hostnames: { legacy: ['10.1.2.3'] } }).findings).toMatchObject([
    { allowed: 'an IP address such as `10.1.2.3`' },
  ]);
  expect(shopWith({ hostnames: { '10.1.2.3': ['http://legacy'] } }).findings).toMatchObject([
    { code: 'property-invalid' },
  ]);
});

test('warns of a host with two addresses', () => {
  expect(shopWith({ hostnames: { '10.1.2.3': ['legacy'], '10.1.2.4': ['legacy'] } }).findings).toMatchObject([
    { severity: 'warning', written: '`legacy` stands for `10.1.2.3` and for `10.1.2.4`' },
  ]);
});
