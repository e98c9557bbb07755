import { describe, expect, test } from 'vitest';
import { writerOf } from '../../../../test/written-object.ts';
import { distinctWriters, placeText, valueText } from './problem.ts';
import type { Write, Writer } from './write.ts';

function writesOf(...writers: readonly Writer[]): Write[] {
  return writers.map((writer) => ({ writer, operation: { kind: 'remove', steps: [] }, options: {} }));
}

describe('the writers of a finding', () => {
  const base = writerOf('trait', 'mesh');
  const atLine = (line: number) => ({ stack: `    at attach (shop.ts:${line}:3)` });

  test('stand by path, then layer, then name, then package, then line, whatever their order was', () => {
    const sorted: Writer[] = [
      { ...base, path: 'a', layer: 'scope', definition: 'z' },
      { ...base, path: 'b', layer: 'component', definition: 'z' },
      { ...base, path: 'b', layer: 'trait', definition: 'a', package: 'z' },
      { ...base, path: 'b', layer: 'trait', definition: 'aa', package: 'a' },
      { ...base, path: 'b', layer: 'trait', definition: 'b', package: 'a', origin: atLine(5) },
      { ...base, path: 'b', layer: 'trait', definition: 'b', package: 'b', origin: atLine(2) },
      { ...base, path: 'b', layer: 'trait', definition: 'b', package: 'b', origin: atLine(4) },
      { ...base, path: 'b', layer: 'scope', definition: 'a' },
    ];
    expect(distinctWriters(writesOf(...sorted.toReversed()))).toEqual(sorted);
    expect(distinctWriters(writesOf(...sorted))).toEqual(sorted);
  });

  test('are each named once', () => {
    const other = writerOf('trait', 'replicas');
    expect(distinctWriters(writesOf(base, base))).toEqual([base]);
    expect(distinctWriters(writesOf(other, base, other))).toEqual([base, other]);
  });

  test('that nothing tells apart stay in their order', () => {
    const [one, two] = [{ ...base }, { ...base }];
    const [first, second] = distinctWriters(writesOf(two, one));
    expect([first === two, second === one]).toEqual([true, true]);
  });
});

describe('a value in a finding', () => {
  test('is cut where it is long', () => {
    expect(valueText('x'.repeat(58))).toBe(`"${'x'.repeat(58)}"`);
    expect(valueText('x'.repeat(59))).toBe(`"${'x'.repeat(56)}...`);
  });

  test('is read no further than it is shown', () => {
    const unread = {
      toJSON: () => {
        throw new Error('read');
      },
    };
    const list = Array.from({ length: 30 }, () => 1);
    const shown = `[${list.join(',').slice(0, 56)}...`;
    expect(valueText([...list, ...list, unread] as never)).toBe(shown);
    const entries = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`k${index}`, 'x'.repeat(100)]),
    );
    expect(valueText({ ...entries, text: 'x'.repeat(500_000) })).toBe(`{"k0":"${'x'.repeat(50)}...`);
  });

  test('is cut to the same text, whether it is a little too long or much too long', () => {
    const start = { a: [1, 'two'], b: { c: null }, d: 'x'.repeat(30) };
    const [first, second] = [
      valueText({ ...start, e: [1] }),
      valueText({ ...start, e: Array.from({ length: 5000 }, () => 1) }),
    ];
    expect(first).toHaveLength(60);
    expect(second).toBe(first);
  });

  test('is masked by a name that stands behind very many other entries', () => {
    const variable = {
      value: 's3cr3t',
      ...Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${index}`, 1])),
      name: 'PASSWORD',
    };
    expect(valueText([variable])).toContain('(masked)');
    expect(valueText([variable])).not.toContain('s3cr3t');
  });

  test('that is not there is nothing', () => {
    expect(valueText(undefined)).toBe('nothing');
  });

  test.each([
    'password',
    'dbPasswd',
    'passphrase',
    'PASS',
    'clientSecret',
    'tokenFile',
    'awsCredentials',
    'privateKey',
    'apiKey',
    'api-key',
    'api_key',
    'apikey',
    'stringData',
    'data',
  ])('is masked at and below %s', (name) => {
    expect(valueText('x', ['spec', name, 'a'])).toBe('(masked)');
    expect(valueText({ [name]: 'x', b: 'y' })).toBe(`{"${name}":"(masked)","b":"y"}`);
    expect(valueText([{ name, value: 'x' }])).toBe(`[{"name":"${name}","value":"(masked)"}]`);
  });

  test.each(['passing', 'passwordless', 'metadata', 'database', 'api.key'])('is shown at %s', (name) => {
    expect(valueText('x', [name])).toBe('"x"');
    expect(valueText([{ name, value: 'x' }])).toBe(`[{"name":"${name}","value":"x"}]`);
  });

  test('of a variable without a value of its own is shown, since it is no secret', () => {
    const variable = { name: 'TOKEN', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } };
    expect(valueText(variable)).toBe(JSON.stringify(variable).slice(0, 57).concat('...'));
    expect(valueText({ name: 7, value: 'x' })).toBe('{"name":7,"value":"x"}');
  });
});

test('a place in an object with very long names is short', () => {
  const name = 'n'.repeat(100_000);
  const short = `${'n'.repeat(97)}...`;
  const object = { apiVersion: 'v1', kind: 'Service', name };
  expect(placeText({ object, steps: ['metadata', 'labels', name] })).toBe(
    `\`metadata.labels[${short}]\` of Service \`${short}\``,
  );
});
