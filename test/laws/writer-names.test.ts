import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubernetesObject } from '@strake/core';
import { plan, write } from '@strake/gitops';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { codePoint } from '../code-point.ts';
import { put, snapshot } from './folders.ts';
import { HOSTILE_NAMES } from './hostile-values.ts';
import { printCounts, times } from './soak.ts';
import { expectFindings, putProject, strake } from './strake.ts';

const name = fc.oneof(
  fc.constantFrom(...HOSTILE_NAMES, 'web', 'Web', 'cart'),
  fc.string({ unit: codePoint, maxLength: 40 }),
);

const application = fc.record({
  environment: name,
  application: name,
  namespace: name,
  objects: fc.array(
    fc.record({
      apiVersion: fc.oneof(fc.constantFrom('v1', 'apps/v1', '../../v1', 'Apps/v1'), name),
      kind: name,
      name,
      namespace: fc.option(name),
    }),
    { maxLength: 5 },
  ),
});

type Application = typeof application extends fc.Arbitrary<infer Made> ? Made : never;

function rendered({ environment, application, namespace, objects }: Application) {
  return {
    environment: {
      name: environment,
      tier: environment,
      cluster: environment,
      kubernetes: '1.34',
      namespaceOf: () => namespace,
    },
    application,
    namespace,
    manifests: objects.map((each) => ({
      object: {
        apiVersion: each.apiVersion,
        kind: each.kind,
        metadata: { name: each.name, ...(each.namespace === null ? {} : { namespace: each.namespace }) },
      } satisfies KubernetesObject,
      delegations: [],
    })),
  };
}

/** What Windows, and a disk that does not tell cases apart, can have side by side. */
const PORTABLE = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[a-z0-9%._~-]{1,255}$/;
const INVENTORY = /^\.strake\/[^/]+\.json$/;

test('whatever the names are, files stay in the repository, apart from each other, and portable', () => {
  const outer = mkdtempSync(join(tmpdir(), 'strake-laws-'));
  onTestFinished(() => rmSync(outer, { recursive: true, force: true }));
  const repository = join(outer, 'a', 'b', 'repository');
  const counts = { plans: 0, files: 0, refused: 0 };
  fc.assert(
    fc.property(name, fc.array(application, { maxLength: 3 }), (project, applications) => {
      rmSync(repository, { recursive: true, force: true });
      mkdirSync(repository, { recursive: true });
      put(outer, 'outside/file', 'outside');
      const wanted = plan(project, applications.map(rendered), { whole: true });
      const { findings } = write(wanted, repository);
      counts.plans++;
      counts.refused += findings.length > 0 ? 1 : 0;
      for (const { code, fix } of findings) {
        expect(['object-duplicate', 'value-invalid', 'file-foreign', 'repository-inaccessible']).toContain(
          code,
        );
        expect(fix).toMatch(/\.$/);
      }
      const files = Object.entries(snapshot(outer)).flatMap(([path, what]) =>
        what === 'folder' ? [] : [path],
      );
      const ours = files
        .filter((path) => path !== 'outside/file')
        .map((path) => path.slice('a/b/repository/'.length));
      if (findings.length > 0) {
        expect(ours).toEqual([]);
        return;
      }
      expect(files.every((path) => path === 'outside/file' || path.startsWith('a/b/repository/'))).toBe(true);
      const planned = wanted.files.map(({ path }) => path);
      expect(ours.filter((path) => !INVENTORY.test(path))).toEqual(planned.toSorted());
      expect(new Set(ours.map((path) => path.toLowerCase())).size).toBe(ours.length);
      for (const part of ours.flatMap((path) => path.split('/'))) {
        if (part !== '.strake') expect(part.replace(/\.json$/, '')).toMatch(PORTABLE);
        expect(part).not.toMatch(/^\.+$|[. ]$/);
      }
      counts.files += ours.length;
      expect(write(wanted, repository)).toMatchObject({ findings: [], inventory: 'unchanged' });
      expect(write(plan(project, [], { whole: true }), repository).findings).toEqual([]);
      const left = Object.entries(snapshot(repository)).flatMap(([path, what]) =>
        what === 'folder' ? [] : [path],
      );
      expect(
        left.filter((path) => !INVENTORY.test(path)),
        'all that was written is removed',
      ).toEqual([]);
    }),
    { seed: 20251122, numRuns: times(300, 20_000) },
  );
  printCounts('hostile names', counts);
  expect(counts.files).toBeGreaterThan(counts.plans);
});

const CONFIG = (at: string, name: string) => `
import { Config } from '@strake/components';
import { Application, defineConfig, Platform } from '@strake/core';
import { ApiObject } from 'cdk8s';
const names = { project: 'cart', application: 'cart', environment: 'production', component: 'web', namespace: 'cart', repository: 'gitops' };
names[${JSON.stringify(at)}] = ${JSON.stringify(name)};
class Cart extends Application {
  readonly web = new Config(this, names.component, { data: { a: 'b' } });
}
export default defineConfig({
  project: names.project,
  applications: { [names.application]: Cart },
  platform: new Platform('acme', { environments: { [names.environment]: { namespace: names.namespace } } }),
});
`;

const places = ['project', 'application', 'environment', 'component'];

const refused = [
  ...places.map((at) => ({ at, name: '../../../outside' })),
  { at: 'environment', name: 'Web' },
  { at: 'application', name: 'con' },
];

test.each(refused)(
  'strake synth refuses the name $name for a $at, or writes it inside',
  async ({ at, name }) => {
    const codes = await codesFor(at, name);
    if (name === 'con') expect(codes).toEqual([]);
    else expect(codes).toContain('name-invalid');
  },
);

test('a component id with a slash is an invalid name, and no other fault', async () => {
  expect(await codesFor('component', 'a/b')).toEqual(['name-invalid']);
});

/** Codes of the findings for a name; checks that nothing was written outside. */
async function codesFor(at: string, name: string): Promise<string[]> {
  const outer = mkdtempSync(join(tmpdir(), 'strake-laws-'));
  onTestFinished(() => rmSync(outer, { recursive: true, force: true }));
  const project = putProject(outer, CONFIG(at, name));
  const deep = join(outer, 'deep');
  mkdirSync(deep);
  const ended = await strake(['synth', '--out', join(deep, 'repository')], project);
  expect(Object.keys(snapshot(outer)).filter((path) => path.includes('outside'))).toEqual([]);
  expect(Object.keys(snapshot(deep)).every((path) => path.startsWith('repository'))).toBe(true);
  if (ended.status === 0) return [];
  expectFindings(ended);
  expect(existsSync(join(deep, 'repository'))).toBe(false);
  return [...ended.stderr.matchAll(/^error {2}([a-z-]+) /gm)].map(([, code = '']) => code);
}
