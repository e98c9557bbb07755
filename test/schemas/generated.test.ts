import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KUBERNETES_VERSIONS } from '@strake/checks/schemas';
import { expect, test } from 'vitest';
import { unpackSchemas } from '../../packages/checks/src/schemas/packed-schemas.ts';
import { vendorKinds } from '../../packages/checks/src/schemas/vendor-schemas.ts';
import { ROOT } from '../files.ts';
import { FOLDER, generatedFiles, minorOf } from '../generate/schemas/generated.ts';
import { KUBERNETES_SOURCES, VENDOR_SOURCES } from '../generate/schemas/sources.ts';

const files = new Map(readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')]));
const SETS = [...files].map(
  ([name, text]) => [name, unpackSchemas(/^ {2}'(.*)';$/m.exec(text)?.[1] ?? '')] as const,
);

test('the schemas are what their sources give', (context) => {
  const made = generatedFiles();
  if ('missing' in made) {
    console.warn(`not compared, because the schemas cannot be generated here: ${made.missing}`);
    return context.skip();
  }
  expect(new Set(made.keys())).toEqual(new Set(files.keys()));
  for (const [name, text] of made) expect(files.get(name) === text, name).toBe(true);
});

test('the versions that are offered are those that are generated', () => {
  expect(KUBERNETES_SOURCES.map(minorOf).toReversed()).toEqual(KUBERNETES_VERSIONS);
  expect(SETS.filter(([name]) => name.startsWith('kubernetes-')).length).toBe(KUBERNETES_VERSIONS.length);
});

test('every generated kind is found by its API group', () => {
  for (const [name, set] of SETS.filter(([name]) => !name.startsWith('kubernetes-'))) {
    expect(VENDOR_SOURCES.map(({ set }) => `${set}.generated.ts`)).toContain(name);
    for (const kind of set.keys()) expect(vendorKinds(kind.split('/')[0] ?? '').has(kind), kind).toBe(true);
  }
});

test('the schemas are small: none is over 20 kB, and all vendors together are under 80 kB', () => {
  const sizes = [...files].map(([name, { length }]) => ({ name, length }));
  expect(sizes.filter(({ length }) => length > 20_000)).toEqual([]);
  const vendors = sizes.filter(({ name }) => !name.startsWith('kubernetes-'));
  expect(vendors.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(80_000);
});

test('enumerations of the Go source stand in the schemas', () => {
  const newest = SETS.find(([name]) => name === 'kubernetes-1-36.generated.ts')?.[1];
  const spec = newest?.get('v1/Service')?.properties?.['spec'];
  expect(spec?.properties?.['type']?.enum).toEqual(['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']);
  expect(spec?.properties?.['ports']?.keys).toEqual(['port', 'protocol']);
  expect(spec?.properties?.['ports']?.items?.properties?.['protocol']?.default).toBe('TCP');
});

test('the page of schemas names every version and every source', () => {
  const page = readFileSync(join(ROOT, 'docs/schemas.md'), 'utf8');
  for (const { module, version, licence } of [...KUBERNETES_SOURCES, ...VENDOR_SOURCES]) {
    expect(page.split('\n').find((line) => line.includes(`\`${module}@${version}\``))).toContain(licence);
  }
  for (const version of KUBERNETES_VERSIONS) expect(page).toContain(`| ${version} |`);
});
