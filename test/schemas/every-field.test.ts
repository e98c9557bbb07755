import { schemasOf } from '@strake/checks/schemas';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { goModules } from '../generate/kubernetes/built-in.ts';

/** Fields of the objects hold filler, so that values are not judged: only names, types and what is required. */
const JUDGED = new Set(['schema-unknown-field', 'schema-wrong-type', 'schema-missing-field']);

test("Kubernetes' own objects that have every field set are accepted, field by field", async (context) => {
  const modules = goModules();
  const folder = 'missing' in modules ? '' : join(modules.get('k8s.io/api') ?? '', 'testdata/HEAD');
  if (!existsSync(folder)) {
    console.warn('not judged: there are no test data of k8s.io/api here');
    return context.skip();
  }
  const schemas = await schemasOf({ kubernetes: '1.36' });
  const objects = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .filter(
      ({ apiVersion, kind }) =>
        typeof apiVersion === 'string' && schemas.schemaOf(apiVersion, kind) !== undefined,
    );
  const problems = objects.flatMap((object) =>
    schemas
      .check(object)
      .flatMap(({ code, pointer }) => (JUDGED.has(code) ? [`${object.kind} ${code} ${pointer}`] : [])),
  );
  expect(problems).toEqual([]);
  expect(objects.length).toBeGreaterThan(80);
});
