import { expect, test } from 'vitest';
import { Platform, defineRule, defineScope, propertiesOf, type Finding, type RuleSettings } from './index.ts';
import { checkRules } from './tools.ts';

const noKind = (code: string, kind: string) =>
  defineRule({
    code,
    package: '@acme/rules',
    summary: `no ${kind}`,
    why: 'It is not wanted.',
    fix: 'Remove it.',
    severity: 'error',
    check(target, report) {
      for (const at of target.of(kind)) report({ at, written: 'it is there' });
    },
  });

const noService = noKind('no-service', 'Service');
const noJob = noKind('no-job', 'Job.batch');

const properties = propertiesOf<{}>()({});
const saying = (settings: RuleSettings) =>
  defineScope({
    name: 'rules',
    package: '@acme/scopes',
    summary: 'Says which rules hold.',
    allowComponentOverlap: true,
    properties,
    rules: () => settings,
  })();

const acme = new Platform('acme', {
  environments: { staging: { cluster: 'one' }, production: { cluster: 'two' } },
});

function checked(
  platform: Platform,
  {
    today = '2026-11-22',
    allApplications = true,
    allEnvironments = true,
    recommended = [noService] as Parameters<typeof checkRules>[0]['recommended'],
  } = {},
) {
  const found: Finding[] = [];
  const check = checkRules({ platform, recommended, today, allApplications, allEnvironments });
  for (const environment of platform.environments) {
    for (const application of ['cart', 'shop']) {
      const metadata = { name: 'web', namespace: application };
      const objects = [
        { apiVersion: 'v1', kind: 'Service', metadata },
        { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata },
      ];
      const manifests = objects.map((object) => ({ object, delegations: [] }));
      check.application({ environment, application, namespace: application, manifests }, (each) =>
        found.push(each),
      );
    }
  }
  check.end((each) => found.push(each));
  return { found, waived: check.waived, texts: found.map(textOf) };
}

function textOf({ code, severity, environments, path }: Finding): string {
  return [severity, code, path, ...environments].join(' ');
}

const EVERYWHERE = ['staging cart', 'staging shop', 'production cart', 'production shop'];

function errors(...where: readonly string[]): string[] {
  return where.map((each) => `error rule/no-service ${each.split(' ').toReversed().join(' ')}`);
}

const waiver = { rule: 'no-service', reason: 'It is old.', until: '2026-11-22' };

test('the recommended rules hold where no scope says otherwise, for the kinds of their group only', () => {
  expect(checked(acme).texts).toEqual(errors(...EVERYWHERE));
});

test('a finding names the object, what is wanted, and the waiver that would permit it', () => {
  expect(checked(acme).found[0]).toMatchInlineSnapshot(`
    {
      "allowed": "no Service",
      "code": "rule/no-service",
      "environments": [
        "staging",
      ],
      "fix": "Remove it.",
      "object": "Service/web",
      "path": "cart",
      "severity": "error",
      "sources": [],
      "waive": "{ rule: 'no-service', application: 'cart', object: 'Service/web', reason: '...', until: 'YYYY-MM-DD' }",
      "written": "Service \`web\`: it is there",
    }
  `);
});

test('what a scope holds stands in for the recommended rules, where the scope holds', () => {
  const platform = acme.supply(saying({ hold: [noJob] }), { environments: ['staging'] });
  expect(checked(platform).texts).toEqual(errors('production cart', 'production shop'));
});

test('the rules of several scopes hold together, each once', () => {
  const platform = acme.supply(saying({ hold: [noService] })).supply(saying({ hold: [noJob, noService] }));
  expect(checked(platform).texts).toEqual(errors(...EVERYWHERE));
});

test('the severity that is said last counts', () => {
  const platform = acme
    .supply(saying({ severity: { 'no-service': 'error' } }))
    .supply(saying({ severity: { 'no-service': 'warning' } }), { environments: ['staging'] });
  expect(checked(platform).found.map(({ severity }) => severity)).toEqual([
    'warning',
    'warning',
    'error',
    'error',
  ]);
});

test('a severity for a rule that nobody holds is a finding', () => {
  const { found } = checked(acme.supply(saying({ severity: { 'no-servce': 'warning' } })));
  const unknown = found.find(({ code }) => code === 'reference-unknown');
  expect(unknown).toMatchObject({ severity: 'warning', fix: 'Write `no-service`.' });
});

test.each([
  [{}, []],
  [{ environment: 'staging' }, ['production cart', 'production shop']],
  [{ application: 'cart' }, ['staging shop', 'production shop']],
  [{ object: 'Service/web', environment: 'staging', application: 'cart' }, EVERYWHERE.slice(1)],
])('a waiver of %j permits that and nothing else, on its last day too', (where, left) => {
  const { texts, waived } = checked(acme.supply(saying({ waive: [{ ...waiver, ...where }] })));
  expect(texts).toEqual(errors(...left));
  expect(waived).toHaveLength(EVERYWHERE.length - left.length);
  expect(waived[0]).toMatchObject({ rule: 'no-service', object: 'Service/web', reason: 'It is old.' });
});

test('a waiver holds only where its scope does', () => {
  const platform = acme.supply(saying({ waive: [waiver] }), { environments: ['production'] });
  expect(checked(platform).texts).toEqual(errors('staging cart', 'staging shop'));
});

test('a waiver whose last day is over permits nothing and is a finding at its line', () => {
  const platform = acme.supply(saying({ waive: [waiver] }));
  const { found, texts, waived } = checked(platform, { today: '2026-11-23' });
  expect(texts).toEqual([...errors(...EVERYWHERE), 'warning waiver-expired rules']);
  expect(waived).toEqual([]);
  expect(found.at(-1)?.written).toBe('the waiver of `no-service` ended with 2026-11-22: It is old.');
  expect(found.at(-1)?.sources[0]?.file).toContain('rule.test.ts');
});

test('of two waivers one that has not ended is enough', () => {
  const platform = acme.supply(saying({ waive: [{ ...waiver, until: '2020-01-01' }, waiver] }));
  expect(checked(platform).texts).toEqual(['warning waiver-expired rules']);
});

test('a waiver that permits nothing is a finding, unless part of the project is left out', () => {
  const platform = acme.supply(saying({ waive: [{ ...waiver, object: 'Service/api' }] }));
  expect(checked(platform).texts).toEqual([...errors(...EVERYWHERE), 'warning waiver-unused rules']);
  for (const part of [{ allApplications: false }, { allEnvironments: false }])
    expect(checked(platform, part).texts).toEqual(errors(...EVERYWHERE));
});

test('a rule that relates applications gets those of one cluster, and can be waived', () => {
  const seen: unknown[] = [];
  const relating = defineRule({
    ...noService,
    check: undefined,
    gather: ({ of, place }) => of('Service').map(place),
    relate({ cluster, kept, has }, report) {
      seen.push([
        cluster,
        kept.map(({ application }) => application),
        has('Service', 'web', 'shop'),
        has('Service', 'web'),
      ]);
      for (const at of kept) report({ at, written: 'it is related' });
    },
  });
  const platform = acme.supply(saying({ hold: [relating], waive: [{ ...waiver, application: 'cart' }] }));
  const { texts, waived } = checked(platform);
  expect(seen).toEqual([
    ['one', ['cart', 'shop'], true, false],
    ['two', ['cart', 'shop'], true, false],
  ]);
  expect(texts).toEqual(errors('staging shop', 'production shop'));
  expect(waived).toHaveLength(2);
});

test('a rule is told whether other environments have objects in the cluster', () => {
  const shared: Record<string, boolean> = {};
  const rule = defineRule({
    ...noService,
    check({ environment, isClusterShared }) {
      shared[environment.name] = isClusterShared;
    },
  });
  const platform = new Platform('acme', {
    environments: { dev: { cluster: 'one' }, test: { cluster: 'one' }, production: {} },
  });
  checked(platform, { recommended: [rule] });
  expect(shared).toEqual({ dev: true, test: true, production: false });
});

test('applications are not related where some are left out', () => {
  const relating = defineRule({
    ...noService,
    check: undefined,
    gather: ({ of, place }) => of('Service').map(place),
    relate: ({ kept }, report) => kept.forEach((at) => report({ at, written: 'it is related' })),
  });
  expect(checked(acme, { recommended: [relating], allApplications: false }).texts).toEqual([]);
  expect(checked(acme, { recommended: [relating], allEnvironments: false }).texts).toHaveLength(4);
});

test('a rule that throws is a finding, and the other rules go on', () => {
  const throwing = defineRule({
    ...noJob,
    check: () => {
      throw new Error('no idea');
    },
  });
  const { texts, found } = checked(acme, { recommended: [throwing, noService] });
  expect(texts.filter((text) => text.includes('no-service'))).toEqual(errors(...EVERYWHERE));
  expect(found[0]).toMatchObject({ code: 'config-failed', path: 'cart', written: 'it threw Error: no idea' });
});
