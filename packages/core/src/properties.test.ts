import { expect, expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { parseProperties, propertiesOf } from './properties.ts';

interface Port {
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP';
}

interface Properties {
  readonly image: string;
  readonly ports: Readonly<Record<string, number | Port>>;
  readonly nested?: { readonly deep: { readonly size: number } };
}

const port = z.int().min(1).max(65_535);

const schema = propertiesOf<Properties>()({
  image: z.string().min(1),
  ports: z
    .record(
      z.string(),
      z.union([port, z.strictObject({ port, protocol: z.enum(['TCP', 'UDP']).optional() })]),
    )
    .readonly(),
  nested: z.strictObject({ deep: z.strictObject({ size: z.number() }) }).optional(),
});

function problems(given: unknown): string[] {
  const parsed = parseProperties(schema, given, { definition: 'web', origin: {} });
  if (parsed.ok) return [];
  return parsed
    .findings('shop/web')
    .map(({ code, written, allowed, fix }) => `${code} | ${written} | ${allowed} | ${fix}`);
}

test('accepts properties that are right', () => {
  expect(problems({ image: 'a', ports: { http: 80, admin: { port: 81 } } })).toEqual([]);
});

test('names a missing property', () => {
  expect(problems({ ports: {} })).toEqual([
    'property-invalid | `image` of `web` is missing | a text | Give `image`.',
  ]);
});

test('says once that a required property is misspelt, and not that it is missing as well', () => {
  expect(problems({ imge: 'a', ports: {} })).toEqual([
    'property-unknown | `imge` of `web` is given as "a" | `image`, `nested`, `ports` | Did you mean `image`?',
  ]);
  expect(problems({ image: 'a', ports: { http: { prt: 1, protocol: 'UDP' } } })).toEqual([
    'property-unknown | `ports.http.prt` of `web` is given as 1 | `port`, `protocol` | Did you mean `port`?',
  ]);
});

test('says that a property is missing beside an unknown one that is far from it', () => {
  expect(problems({ replicas: 3, ports: {} }).map((each) => each.split(' | ')[1])).toEqual([
    '`image` of `web` is missing',
    '`replicas` of `web` is given as 3',
  ]);
});

test('names an unknown property at any depth, what is known there, and what was likely meant', () => {
  expect(
    problems({
      image: 'a',
      ports: { http: { port: 1, protcol: 'TCP' } },
      nested: { deep: { sise: 1, size: 1 } },
    }),
  ).toEqual([
    'property-unknown | `ports.http.protcol` of `web` is given as "TCP" | `port`, `protocol` | Did you mean `protocol`?',
    'property-unknown | `nested.deep.sise` of `web` is given as 1 | `size` | Did you mean `size`?',
  ]);
});

test('looks into the member of a union that the value was meant to be', () => {
  expect(problems({ image: 'a', ports: { http: 70_000, admin: { port: 'x' } } })).toEqual([
    'property-invalid | `ports.http` of `web` is 70000 | a number of at most 65535 | Correct `ports.http`.',
    'property-invalid | `ports.admin.port` of `web` is "x" | a number | Correct `ports.admin.port`.',
  ]);
});

test('lists what every member of a union allows when the value is none of them', () => {
  expect(problems({ image: 'a', ports: { http: true } })).toEqual([
    'property-invalid | `ports.http` of `web` is true | a number; or a map | Correct `ports.http`.',
  ]);
});

test('names what is not even a map', () => {
  expect(problems('web')).toEqual([
    'property-invalid | `properties` of `web` is "web" | a map | Correct the properties.',
  ]);
});

test('says what a name must look like', () => {
  const labels = propertiesOf<{ readonly labels: Readonly<Record<string, string>> }>()({
    labels: z.record(z.string().regex(/^[a-z]+$/, 'lower-case letters'), z.string()).readonly(),
  });
  const parsed = parseProperties(labels, { labels: { UP: 'x' } }, { definition: 'label', origin: {} });
  const [found] = parsed.ok ? [] : parsed.findings('shop/web');
  expect(found).toMatchObject({
    code: 'property-unknown',
    written: '`labels.UP` of `label` is given under the name `UP`',
    allowed: 'lower-case letters',
    fix: 'Rename `UP`.',
  });
});

test('masks a value that may be a secret', () => {
  expect(problems({ image: 'a', ports: {}, password: 's3cr3t' }).join()).not.toContain('s3cr3t');
});

test('the schema of an interface has its properties and no others', () => {
  expectTypeOf<z.input<typeof schema>>().toExtend<Properties>();
  expectTypeOf<Properties>().toExtend<z.input<typeof schema>>();
  // @ts-expect-error: `ports` has no schema
  propertiesOf<Properties>()({ image: z.string(), nested: z.any() });
  propertiesOf<{ readonly image: string }>()({
    image: z.string(),
    // @ts-expect-error: the interface has no such property
    tag: z.string(),
  });
  propertiesOf<{ readonly image: string }>()({
    // @ts-expect-error: narrower than the interface says
    image: z.enum(['a', 'b']),
  });
});

test('recognises two letters that changed places', () => {
  const count = propertiesOf<{ readonly count?: number }>()({ count: z.number().optional() });
  const parsed = parseProperties(count, { cuont: 3 }, { definition: 'replicas', origin: {} });
  expect(parsed.ok ? [] : parsed.findings('shop/web').map(({ fix }) => fix)).toEqual([
    'Did you mean `count`?',
  ]);
});

test('a list of thousands of missing values is told, each once', () => {
  const schema = propertiesOf<{ readonly names: readonly string[] }>()({
    names: z.array(z.string()).readonly(),
  });
  const origin = {};
  const parsed = parseProperties(
    schema,
    { names: Object.assign([], { length: 20_000 }) },
    { definition: 'x', origin },
  );
  expect(parsed.ok ? [] : parsed.findings('shop/web')).toHaveLength(20_000);
});
