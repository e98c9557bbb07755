import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recommended } from '@strake/checks';
import { schemaCheck } from '@strake/checks/schemas';
import type { Finding } from '@strake/core';
import { checkRules } from '@strake/core/tools';
import { plan } from '@strake/gitops';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import config from '../examples/online-boutique/strake.config.ts';
import { filesBelow, ROOT } from './files.ts';
import { renderedBoutique } from './online-boutique/boutique.ts';

const GITOPS = 'examples/online-boutique/gitops';

/** The names that upstream's Deployments have, which are also those of their Services. */
const WORKLOADS = [
  'adservice',
  'cartservice',
  'checkoutservice',
  'currencyservice',
  'emailservice',
  'frontend',
  'loadgenerator',
  'paymentservice',
  'productcatalogservice',
  'recommendationservice',
  'redis-cart',
  'shippingservice',
];

const rendered = ['staging', 'production'].map((environment) => renderedBoutique(environment));
const applications = rendered.flatMap((each) => each.applications);

function read(file: string): string {
  return readFileSync(join(ROOT, GITOPS, file), 'utf8');
}

function fileNames(environment: string, kind: string): string[] {
  return filesBelow(`${GITOPS}/environments/${environment}`)
    .map((file) => /\/([a-z]+)-([^/]+)\.yaml$/.exec(file) ?? [])
    .flatMap(([, found, name = '']) => (found === kind ? [name] : []))
    .toSorted();
}

test('the Online Boutique renders to the files that stand in the example, byte for byte', () => {
  const { files, findings } = plan('online-boutique', applications, { whole: true });
  expect(findings).toEqual([]);
  expect(files.map(({ path }) => path)).toEqual(
    filesBelow(`${GITOPS}/environments`).map((file) => file.slice(GITOPS.length + 1)),
  );
  for (const { path, contents } of files) expect(contents, path).toBe(read(path));
});

test('neither render, rules nor schemas find anything', async () => {
  const findings: Finding[] = rendered.flatMap((each) => each.findings);
  const report = (each: Finding) => void findings.push(each);
  const rules = checkRules({ platform: config.platform, recommended, today: '2026-11-22' });
  const checkSchemas = await schemaCheck({ kubernetes: ['1.34'] });
  for (const each of applications) {
    rules.application(each, report);
    checkSchemas(each, report);
  }
  rules.end(report);
  expect(findings).toEqual([]);
});

test.each(['staging', 'production'])(
  '%s has the names of upstream, so that what runs can be taken over',
  (name) => {
    const workloads = WORKLOADS.filter((workload) => name === 'staging' || workload !== 'loadgenerator');
    expect(fileNames(name, 'deployment')).toEqual(workloads);
    const accounts = workloads.filter((workload) => workload !== 'redis-cart');
    expect(fileNames(name, 'serviceaccount')).toEqual(accounts);
    const called = workloads.filter((workload) => workload !== 'loadgenerator');
    expect(fileNames(name, 'service')).toEqual([...called, 'frontend-external'].toSorted());
  },
);

test('Deployments and Services select pods by the one label that upstream selects by', () => {
  const selectors = filesBelow(`${GITOPS}/environments`).flatMap((file) => {
    const { kind, metadata, spec } = parse(readFileSync(join(ROOT, file), 'utf8'));
    if (kind !== 'Deployment' && kind !== 'Service') return [];
    return [{ name: metadata.name, selects: kind === 'Service' ? spec.selector : spec.selector.matchLabels }];
  });
  expect(selectors).toHaveLength(2 * (11 + 12) + 1);
  expect(selectors).toEqual(
    selectors.map(({ name }) => ({
      name,
      selects: { app: name === 'frontend-external' ? 'frontend' : name },
    })),
  );
});

test('production has several pods of each service, and no made-up customers', () => {
  const pods = (environment: string) =>
    fileNames(environment, 'deployment').map((name) => {
      const application = name === 'loadgenerator' ? 'load' : 'online-boutique';
      return (
        parse(read(`environments/${environment}/${application}/deployment-${name}.yaml`)).spec.replicas ?? 1
      );
    });
  expect(pods('staging')).toEqual(WORKLOADS.map(() => 1));
  expect(pods('production')).toEqual([2, 2, 2, 2, 2, 3, 2, 2, 2, 1, 2]);
});
