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

const LABELS = propertiesOf<{ readonly labels: Readonly<Record<string, string>> }>()({
  labels: z.record(z.string().regex(/^[^ ]+$/, 'no space'), z.string()).readonly(),
});

function labelled(count: number, [name, value]: readonly [string, unknown]): string[] {
  const labels = Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, value]));
  const parsed = parseProperties(LABELS, { labels }, { definition: 'x', origin: {} });
  return parsed.ok ? [] : parsed.findings('shop/web').map(({ written, fix }) => `${written} | ${fix}`);
}

test('a thousand wrong values are told, each once', () => {
  expect(labelled(1000, ['a', 1])).toEqual(
    Array.from(
      { length: 1000 },
      (_, index) => `\`labels.a${index}\` of \`x\` is 1 | Correct \`labels.a${index}\`.`,
    ),
  );
});

test('of a list of thousands of missing values a thousand are told, and then how many more there are', () => {
  const names = propertiesOf<{ readonly names: readonly string[] }>()({
    names: z.array(z.string()).readonly(),
  });
  const from = { definition: 'x', origin: {} };
  const parsed = parseProperties(names, { names: Object.assign([], { length: 20_000 }) }, from);
  const found = parsed.ok ? [] : parsed.findings('shop/web');
  expect(found).toHaveLength(1001);
  expect(found[999]).toMatchObject({ written: '`names.999` of `x` is missing', fix: 'Give `names.999`.' });
  expect(found[1000]).toMatchObject({
    code: 'property-invalid',
    written: '`names.1000` of `x` is one of 19000 more that are wrong in the same way',
    allowed: 'a text',
    fix: 'Correct them as well.',
  });
});

test('of thousands of unknown properties a thousand are told, and then how many more there are', () => {
  const given = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`key-${index}`, index]));
  const found = problems({ image: 'a', ports: {}, ...given });
  expect(found).toHaveLength(1001);
  expect(found[1000]).toBe(
    'property-unknown | `key-1000` of `web` is one of 49000 more that are not known | `image`, `nested`, `ports` | Remove or rename them as well.',
  );
});

test('of thousands of wrong names a thousand are told, and then how many more there are', () => {
  const found = labelled(5000, ['a ', 'x']);
  expect(found).toHaveLength(1001);
  expect(found[1000]).toBe(
    '`labels[a 1000]` of `x` is one of 4000 more that are not known | Remove or rename them as well.',
  );
});

test('one fault of another kind is told beside thousands of others, in its place', () => {
  const ports = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`p${index}`, true]));
  const found = problems({ image: 7, ports: { ...ports, q: 0 }, nested: { deep: { size: 'x' } } });
  expect(found[0]).toBe('property-invalid | `image` of `web` is 7 | a text | Correct `image`.');
  expect(found.slice(1001, 1003)).toEqual([
    'property-invalid | `ports.q` of `web` is 0 | a number of at least 1 | Correct `ports.q`.',
    'property-invalid | `nested.deep.size` of `web` is "x" | a number | Correct `nested.deep.size`.',
  ]);
  expect(found).toHaveLength(1004);
});

test.each([
  ['a text that is spread into the map', { ...('x'.repeat(85_564) as unknown as object) }, 85_563],
  ['a list that is spread into the map', { ...['a', 'b'] }, 1],
  ['bytes', new Uint8Array(1000), 999],
])('%s is one fault', (_, given, last) => {
  expect(problems(Object.assign(given, { image: 'a', ports: {} }))).toEqual([
    `property-unknown | \`properties\` of \`web\` is given with entries from \`0\` to \`${last}\`, as a list or a text has them | \`image\`, \`nested\`, \`ports\` | Give a map, and spread no list or text into it.`,
  ]);
});

test('an unknown property beside the entries of a list is told as well, and one number alone is a name', () => {
  expect(
    problems({ ...['a', 'b'], image: 'a', ports: {}, prots: {} }).map((each) => each.split(' | ')[1]),
  ).toEqual([
    '`properties` of `web` is given with entries from `0` to `1`, as a list or a text has them',
    '`prots` of `web` is given as {}',
  ]);
  expect(problems({ image: 'a', ports: {}, 0: 'x' })).toEqual([
    'property-unknown | `0` of `web` is given as "x" | `image`, `nested`, `ports` | Remove `0`.',
  ]);
});

test('a very long name is shown by its beginning wherever it stands', () => {
  const name = 'n'.repeat(200_000);
  const short = `${'n'.repeat(97)}...`;
  expect(problems({ image: 'a', ports: { [name]: true }, [name]: 1 })).toEqual([
    `property-invalid | \`ports[${short}]\` of \`web\` is true | a number; or a map | Correct \`ports[${short}]\`.`,
    `property-unknown | \`[${short}]\` of \`web\` is given as 1 | \`image\`, \`nested\`, \`ports\` | Remove \`${short}\`.`,
  ]);
});

test('what is wrong is told the same after a schema was used a hundred times', () => {
  const often = propertiesOf<{ readonly size: number; readonly name?: string }>()({
    size: z.int().min(1),
    name: z.string().optional(),
  });
  const check = (given: unknown) => {
    const parsed = parseProperties(often, given, { definition: 'web', origin: {} });
    return parsed.ok ? parsed.value : parsed.findings('shop/web');
  };
  const given = [{ size: 1 }, { name: 'a', size: 2 }, { size: 0, nmae: 'a' }, {}, 'text', null];
  const first = given.map(check);
  for (let count = 0; count < 100; count++) check({ size: 1 });
  expect(given.map(check)).toEqual(first);
  expect(JSON.stringify(given.map(check))).toBe(JSON.stringify(first));
});
