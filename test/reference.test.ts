import { Ajv2020 } from 'ajv/dist/2020.js';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { propertySchema, type PropertySchema } from '../packages/strake/src/catalog/property-schema.ts';
import * as z from 'zod';
import { SCHEMAS_MISSING, violations } from './custom-resource.ts';
import { filesBelow, ROOT } from './files.ts';
import { reference, REFERENCE, type Reference } from './generate/reference.ts';
import { exampleProperties } from './generate/reference/examples.ts';
import { isBuiltIn } from './generate/reference/upstream.ts';

let made: Reference;
beforeAll(async () => {
  made = await reference();
});

const named = ({
  kind,
  export: name = '',
}: {
  readonly kind: string;
  readonly export?: string | undefined;
}) => `${kind} ${name}`;

test('the reference and the catalogs of the packages are what the sources say', async () => {
  for (const [path, text] of made.files) await expect(text).toMatchFileSnapshot(join(ROOT, path));
});

test('no page of the reference is left over, and no two definitions share one', () => {
  const pages = [...made.files.keys()].filter((path) => path.startsWith(REFERENCE));
  expect(filesBelow(REFERENCE)).toEqual(pages.toSorted());
  expect(pages).toHaveLength(made.entries.length + 1);
});

test('there are the components, traits and scopes that are promised', () => {
  const count = (kind: string) => made.entries.filter((each) => each.kind === kind).length;
  expect(count('component')).toBeGreaterThanOrEqual(11);
  expect(count('trait')).toBeGreaterThanOrEqual(45);
  expect(count('scope')).toBeGreaterThanOrEqual(5);
});

test('every definition has an example, a summary of one sentence, and an upstream where it writes', () => {
  const lacking = made.entries.filter(({ example }) => example === undefined);
  expect(lacking.map(named)).toEqual([]);
  const wordy = made.entries.filter(({ summary }) => !/^[A-Z](?:[^.]|\.(?! |$))*\.$/.test(summary));
  expect(wordy.map(named)).toEqual([]);
  const orphans = made.entries.filter(
    ({ kind, name, upstream }) =>
      upstream === undefined && (made.written.get(`${kind} ${name}`) ?? []).length > 0,
  );
  expect(orphans.map(named)).toEqual([]);
});

test('every property that a definition takes is described', () => {
  const silent = made.entries.flatMap(({ export: name, schema }) =>
    Object.entries(schema.properties ?? {}).flatMap(([property, { description }]) =>
      description === undefined ? [`${name}.${property}`] : [],
    ),
  );
  expect(silent).toEqual([]);
});

test.skipIf(SCHEMAS_MISSING !== undefined)(
  `the custom resources of every example are accepted by their schemas${SCHEMAS_MISSING === undefined ? '' : ` (skipped: ${SCHEMAS_MISSING})`}`,
  () => {
    const custom = [...made.written].flatMap(([definition, objects]) =>
      objects.filter((each) => !isBuiltIn(each)).map((object) => ({ definition, object })),
    );
    expect(custom.length).toBeGreaterThanOrEqual(12);
    const refused = custom.flatMap(({ definition, object }) =>
      violations(object).map((each) => `${definition}: ${object.kind}${each}`),
    );
    expect(refused).toEqual([]);
  },
);

test('every JSON Schema accepts the properties of its example, and no property that does not exist', () => {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
    validateFormats: false,
  });
  ajv.addVocabulary(['x-default', 'x-type']);
  for (const entry of made.entries.filter(({ example }) => example !== undefined)) {
    const validate = ajv.compile(entry.schema);
    const given = exampleProperties(entry);
    expect(validate(given), `${named(entry)}: ${ajv.errorsText(validate.errors)}`).toBe(true);
    expect(validate({ ...Object(given), noSuchProperty: 1 }), named(entry)).toBe(false);
  }
});

test('a JSON Schema says in words what only code checks, and forgets what only TypeScript means', () => {
  const schema: PropertySchema = propertySchema(
    z
      .strictObject({
        list: z.array(z.int()).min(1).readonly(),
        other: z.string().regex(/^a/, 'a word with `a`'),
      })
      .refine(() => true, { path: ['other'], error: 'longer than the list' }),
  );
  expect(schema.$comment).toBe('`other`: longer than the list');
  expect(schema.properties).toEqual({
    list: { type: 'array', items: { type: 'integer' }, minItems: 1 },
    other: { type: 'string', pattern: '^a', $comment: 'a word with `a`' },
  });
});
