import type { JsonObject } from '@strake/core';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { misreadings, STRING_PARSERS } from '../../../test/emitter-parsers.ts';
import { emit } from './emit.ts';

type Row = readonly [title: string, texts: readonly string[]];

const QUOTED: readonly Row[] = [
  [
    'words that YAML 1.1 reads as booleans',
    ['y', 'Y', 'yes', 'Yes', 'NO', 'n', 'N', 'on', 'On', 'off', 'OFF'],
  ],
  ['words that every YAML reads as booleans', ['true', 'True', 'FALSE', 'false']],
  ['nulls', ['null', 'Null', 'NULL', '~', '']],
  ['decimal numbers', ['0', '8080', '-1', '+1', '1.5', '1.10', '.5', '5.', '-.5', '99999999999999999999']],
  ['numbers with an exponent', ['1e3', '1E+3', '1.5e-7', '.5e1', '12e03']],
  ['an exponent alone, a number to one parser in YAML 1.1', ['e3', 'E10', 'e-5']],
  ['numbers with underscores, wherever they are', ['1_000', '685_230.15', '-_1', '+_1', '1e_+5', '0_x1F']],
  ['octal numbers of every YAML version', ['0755', '0o755', '0O17', '0o7_7', '-0o7', '+0o7', '08', '0777']],
  ['hexadecimal and binary numbers', ['0x1f', '0X1F', '-0x1F', '0b11', '0B11', '-0b1', '0x_1']],
  ['what only begins like a number with a radix', ['0xyz', '0badc0de']],
  ['numbers in base 60', ['1:30', '-1:30:59', '22:22', '1:30.5', '1:30.', '1:30.555', '190:20:30']],
  ['dates and times', ['2001-12-14', '2001-1-1', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43']],
  ['infinity and not-a-number', ['.inf', '-.INF', '+.Inf', '.nan', '.NaN', '.NAN']],
  ['signs and dots alone, numbers in YAML 1.1', ['.', '-.', '+', '-', '._', '+.']],
  ['the merge key and the value key', ['<<', '=']],
  ['document markers and what begins like one', ['---', '...', '--- a', '---a', '...a', '... a']],
  ['texts that begin with an indicator', ',[]{}#&*!|>\'"%@`?:'.split('').map((indicator) => `${indicator}a`)],
  ['texts that begin like a list entry', ['- a', '- ', '-']],
  ['what looks like an entry of a map', ['a: b', 'a:', 'a: ', 'http://x: y']],
  ['what looks like a comment', ['a #b', '# a', 'a # b']],
  ['spaces at either end', [' a', 'a ', ' ', '  a  ']],
  ['spaces that are easy to overlook', ['a\xa0b', '\u3000', 'a\u2003']],
];

const PLAIN: readonly Row[] = [
  [
    'names, paths and images',
    ['web', 'a_b', '/healthz', './run', 'ghcr.io/acme/web:1.4.2', 'apps/v1', '~/.ssh'],
  ],
  [
    'quantities, addresses and versions',
    ['500m', '128Mi', '10.0.0.1', '10.0.0.1:80', '1.4.2', '25%', '10.0.0.0/8', '30s', '1h30m'],
  ],
  ['flags', ['--port=8080', '-v', '-Xmx512m', '+x']],
  [
    'words that only begin like special ones',
    ['yesterday', 'nope', 'only', 'truest', 'tRuE', 'nullable', '<<a', 'e3a'],
  ],
  [
    'indicators where they have no meaning',
    ['a,b', 'a[0]', 'a{b}', 'a#b', 'a:b', "it's", 'say "hi"', 'a - b', 'a ? b'],
  ],
  [
    'what has numbers, dates and marks further on or goes on behind them',
    ['note5', '1.note5', '-x.inf', '.infinite', '1-2024-01', '1-0x5', '1:30:x', '2---', '1...', '1.1:30.5x'],
  ],
  ['times of day with more than one digit behind the point', ['v1:30.55']],
  ['letters of other scripts', ['é', 'naïve', '日本語', 'ß']],
];

const ESCAPED: readonly (readonly [title: string, text: string, yaml: string])[] = [
  ['quotes and backslashes', '"\\', String.raw`"\"\\"`],
  ['tabs', 'a\tb', String.raw`"a\tb"`],
  ['carriage returns', 'a\r\nb\r\n', String.raw`"a\r\nb\r\n"`],
  [
    'control characters by name or by number',
    '\0\x07\b\v\f\x1b\x01\x7f\x80',
    String.raw`"\0\a\b\v\f\e\x01\x7F\x80"`,
  ],
  ['line ends of YAML 1.1', 'a\x85b\u2028c\u2029', String.raw`"a\Nb\Lc\P"`],
  ['a byte order mark inside', 'a\ufeffb', String.raw`"a\uFEFFb"`],
  [
    'every character after a byte order mark',
    '\ufeffa é\xa0Ā日',
    String.raw`"\uFEFF\x61\x20\xE9\_\u0100\u65E5"`,
  ],
  ['what is no character', '\ufffe\uffff', String.raw`"\uFFFE\uFFFF"`],
  ['emoji', '😀', String.raw`"\U0001F600"`],
  ['the last code point', '\u{10ffff}', String.raw`"\U0010FFFF"`],
  ['emoji in many lines', 'a\n😀\n', String.raw`"a\n\U0001F600\n"`],
  ['a text that begins with a line break', '\na', String.raw`"\na"`],
  ['line breaks alone', '\n\n', String.raw`"\n\n"`],
  ['a first line that is indented', ' a\nb', String.raw`" a\nb"`],
  ['a first line that begins with a tab', '\ta\nb', String.raw`"\ta\nb"`],
  ['spaces at the end of a line', 'a \nb', String.raw`"a \nb"`],
  ['spaces at the end of the last line', 'a\nb ', String.raw`"a\nb "`],
  ['a line of spaces', 'a\n  \nb', String.raw`"a\n  \nb"`],
];

describe('strings', () => {
  test.each(QUOTED)('are quoted: %s', (_title, texts) => {
    for (const text of texts) expect(written(text)).toBe(JSON.stringify(text));
  });

  test.each(PLAIN)('stay plain: %s', (_title, texts) => {
    for (const text of texts) expect(written(text)).toBe(text);
  });

  test.each(ESCAPED)('are escaped as go-yaml does it: %s', (_title, text, yaml) => {
    expect(written(text)).toBe(yaml);
  });

  test('are never folded', () => {
    const long = 'long '.repeat(200);
    expect(written(`${long}end`)).toBe(`${long}end`);
    expect(written(`- ${long}`)).toBe(`"- ${long}"`);
  });
});

describe('strings of many lines', () => {
  test('are literal blocks that strip, clip or keep the line breaks at the end', () => {
    expect(emit({ a: 'x\ny', b: 'x\ny\n', c: 'x\ny\n\n', d: 1 })).toBe(
      ['a: |-', '  x', '  y', 'b: |', '  x', '  y', 'c: |+', '  x', '  y', '', 'd: 1', ''].join('\n'),
    );
  });

  test('keep empty lines empty, and indentation and tabs after the first line', () => {
    expect(emit({ map: { a: 'all:\n\n\tcc x.c\n  - y\n' } })).toBe(
      'map:\n  a: |\n    all:\n\n    \tcc x.c\n      - y\n',
    );
  });

  test('are indented under the dash of a list', () => {
    expect(emit({ a: [['x\ny'], { b: 'x\ny' }] })).toBe(
      'a:\n  - - |-\n      x\n      y\n  - b: |-\n      x\n      y\n',
    );
  });

  test('hold what would mean something outside a block', () => {
    expect(emit({ a: '# a\n---\n...\n- b: c\n%d\n' })).toBe('a: |\n  # a\n  ---\n  ...\n  - b: c\n  %d\n');
  });

  test('do not leave a blank line at the end of the file', () => {
    expect(emit({ a: 'x\n\n', b: ['y\n\n'] })).toBe('a: |+\n  x\n\nb:\n  - "y\\n\\n"\n');
  });
});

describe('numbers', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [8080, '8080'],
    [-1.5, '-1.5'],
    [2 ** 53 + 2, '9007199254740994'],
    [1e20, '100000000000000000000'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [5e-324, '5e-324'],
    [Number.MAX_VALUE, '1.7976931348623157e+308'],
  ])('%d is written as %s', (number, written) => {
    expect(emit({ number })).toBe(`number: ${written}\n`);
    expect(parse(emit({ number }))).toEqual({ number: number + 0 });
  });
});

describe('keys', () => {
  test('that identify the object come first, the rest by code unit', () => {
    const object = { spec: 1, Zone: 2, data: 3, namespace: 4, name: 5, metadata: 6, kind: 7, apiVersion: 8 };
    expect(Object.keys(parse(emit(object)))).toEqual([
      'apiVersion',
      'kind',
      'metadata',
      'name',
      'namespace',
      'Zone',
      'data',
      'spec',
    ]);
    expect(emit({ map: { kind: 1, apiVersion: 2, namespace: 3, image: 4, name: 5 } })).toBe(
      'map:\n  apiVersion: 2\n  kind: 1\n  name: 5\n  namespace: 3\n  image: 4\n',
    );
  });

  test('of a large map are in the same order as those of a small one', () => {
    const keys = Array.from({ length: 40 }, (_, index) => `k${index}`);
    const map = Object.fromEntries([...keys.toReversed(), 'namespace', 'name'].map((key) => [key, '']));
    expect(emit({ map })).toBe(
      ['map:', ...['name', 'namespace', ...keys.toSorted()].map((key) => `  ${key}: ""`), ''].join('\n'),
    );
  });

  test('that look like integers are quoted and ordered as strings', () => {
    expect(emit({ data: { 2: 'b', 10: 'a', a: 'c' } })).toBe('data:\n  "10": a\n  "2": b\n  a: c\n');
  });

  test('are quoted where they would not be read as strings', () => {
    expect(emit({ map: { '': 1, on: 2, '<<': 3, 'a: b': 4, '- a': 5, '? a': 6, '1.5': 7 } })).toBe(
      'map:\n  "": 1\n  "- a": 5\n  "1.5": 7\n  "<<": 3\n  "? a": 6\n  "a: b": 4\n  "on": 2\n',
    );
  });

  test('of over 128 bytes, or of many lines, are explicit', () => {
    const [short, long, wide] = ['k'.repeat(128), 'k'.repeat(129), 'é'.repeat(65)];
    expect(
      emit({ map: { [short]: 1, [long]: { a: 1, b: [2] }, [wide]: ['x'], 'a\nb': 'x\ny', 'a\u2028b': 3 } }),
    ).toBe(
      [
        'map:',
        String.raw`  ? "a\nb"`,
        '  : |-',
        '    x',
        '    y',
        String.raw`  ? "a\Lb"`,
        '  : 3',
        `  ${short}: 1`,
        `  ? ${long}`,
        '  : a: 1',
        '    b:',
        '      - 2',
        `  ? ${wide}`,
        '  : - x',
        '',
      ].join('\n'),
    );
  });

  test('may be named __proto__', () => {
    const object = { data: Object.fromEntries([['__proto__', 'x']]) };
    expect(emit(object)).toBe('data:\n  __proto__: x\n');
  });
});

describe('maps and lists', () => {
  test('are indented by two, lists under their key', () => {
    expect(emit({ a: [{ c: [1, 2], b: { d: null } }, [3, [4]], true] })).toBe(
      [
        'a:',
        '  - b:',
        '      d: null',
        '    c:',
        '      - 1',
        '      - 2',
        '  - - 3',
        '    - - 4',
        '  - true',
        '',
      ].join('\n'),
    );
  });

  test('are inline when they are empty, or have only entries that are undefined', () => {
    expect(emit({ a: {}, b: [], c: [{}, [], { d: undefined }] })).toBe(
      'a: {}\nb: []\nc:\n  - {}\n  - []\n  - {}\n',
    );
    expect(emit({})).toBe('{}\n');
    expect(emit({ a: undefined })).toBe('{}\n');
  });

  test('leave out entries that are undefined and write those that are null', () => {
    expect(emit({ a: undefined, b: null, c: 1 })).toBe('b: null\nc: 1\n');
  });

  test('are written twice when they occur twice, without an anchor', () => {
    const labels = { app: 'web' };
    expect(emit({ a: labels, b: labels, c: [labels, labels] })).toBe(
      'a:\n  app: web\nb:\n  app: web\nc:\n  - app: web\n  - app: web\n',
    );
  });

  test('may have no prototype', () => {
    expect(emit(Object.assign(Object.create(null), { a: 1 }))).toBe('a: 1\n');
  });
});

describe('comments', () => {
  const marker = '{"$imagepolicy": "flux-system:web:tag"}';

  test('follow their scalar, which is double-quoted if it is a string', () => {
    const object = { image: 'web', on: ['x\ny', 3], 'a/b': { '~': 'z' } };
    const pointers = ['/image', '/on/0', '/on/1', '/a~1b/~0'];
    expect(emit(object, new Map(pointers.map((pointer) => [pointer, marker])))).toBe(
      [
        'a/b:',
        `  "~": "z" # ${marker}`,
        `image: "web" # ${marker}`,
        '"on":',
        String.raw`  - "x\ny" # ${marker}`,
        `  - 3 # ${marker}`,
        '',
      ].join('\n'),
    );
  });

  test('are refused where there is no scalar', () => {
    expect(() => emit({ a: {} }, new Map([['/a', marker]]))).toThrow(
      'cannot write a comment on "/a": no scalar is there',
    );
    expect(() => emit({ a: 1 }, new Map([['/b', marker]]))).toThrow(
      'cannot write a comment on "/b": no scalar is there',
    );
  });

  test.each(['', ' a', 'a\nb', 'a\rb', 'a\u2028b', '\ud800'])(
    'are refused when they are not one line: %j',
    (comment) => {
      expect(() => emit({ a: 1 }, new Map([['/a', comment]]))).toThrow(
        'cannot write "/a": its comment is not one line of text',
      );
    },
  );

  test('turn off a block that kyaml would take for a list of the file', () => {
    const config = 'matches:\n- a\n';
    const object = { image: 'web', config, spec: { args: [config], config } };
    expect(emit(object, new Map([['/image', marker]]))).toBe(
      [
        String.raw`config: "matches:\n- a\n"`,
        `image: "web" # ${marker}`,
        'spec:',
        '  args:',
        '    - |',
        '      matches:',
        '      - a',
        '  config: |',
        '    matches:',
        '    - a',
        '',
      ].join('\n'),
    );
    expect(emit({ config })).toBe('config: |\n  matches:\n  - a\n');
  });

  test.each<[string, boolean]>([
    ['a:\n- x\n', true],
    ['a: \n- x\n', true],
    ['a: # a longer note\n- x\n', true],
    ['a:\n# a longer note\n- x\n', true],
    ['a:\n  # indented\n# and not\n- x\n', true],
    ['b:\n  a:\n  - x\n', true],
    ['a:\n  - x\n', false],
    ['a: b\n- x\n', false],
    ['a:\n\n- x\n', false],
    ['a:\n-x\n', false],
    ['text\n- x\n', false],
    ['x\n  a:\n- x\n', false],
  ])('turn off just the blocks that look like one: %j', (text, isOff) => {
    const [, line = ''] = emit({ image: 'web', text }, new Map([['/image', marker]])).split('\n');
    expect(line.startsWith('text: "')).toBe(isOff);
  });

  test('leave a block alone behind a list that shows kyaml how lists stand', () => {
    const text = 'a:\n- x\n';
    const block = (before: JsonObject) =>
      emit({ ...before, image: 'web', text }, new Map([['/image', marker]])).includes('text: |');
    expect(block({ args: ['b'] })).toBe(true);
    expect(block({ args: [''] })).toBe(true);
    expect(block({ b: { args: [['c']] } })).toBe(true);
    expect(block({ args: [] })).toBe(false);
    expect(block({ config: 'b\n' })).toBe(false);
    expect(block({ config: 'x\n  k:\n- b\n' })).toBe(false);
  });
});

describe('refuses, with a JSON pointer,', () => {
  class Port {
    readonly number = 80;
  }
  const cycle: Record<string, unknown> = {};
  cycle['again'] = [cycle];

  test.each<readonly [title: string, value: unknown, message: string]>([
    ['not-a-number', Number.NaN, 'cannot write "/a~1b/1": it is NaN, not a finite number'],
    ['infinity', -Infinity, 'cannot write "/a~1b/1": it is -Infinity, not a finite number'],
    ['undefined in a list', undefined, 'cannot write "/a~1b/1": it is undefined'],
    ['a function', () => 1, 'cannot write "/a~1b/1": it is a function'],
    ['a bigint', 1n, 'cannot write "/a~1b/1": it is a bigint'],
    ['a symbol', Symbol('x'), 'cannot write "/a~1b/1": it is a symbol'],
    ['a date', new Date(0), 'cannot write "/a~1b/1": it is a Date, not a plain map'],
    ['a map', new Map(), 'cannot write "/a~1b/1": it is a Map, not a plain map'],
    ['a class instance', new Port(), 'cannot write "/a~1b/1": it is a Port, not a plain map'],
    [
      'an object that hides its class',
      Object.create({ constructor: 'Port' }),
      'cannot write "/a~1b/1": it is a class instance, not a plain map',
    ],
    [
      'an instance of a class without a name',
      Object.create({ constructor: [() => 1][0] }),
      'cannot write "/a~1b/1": it is a class instance, not a plain map',
    ],
    [
      'a value far down, by the first twelve steps to it',
      nested(10, undefined),
      `cannot write "/a~1b/1${'/0'.repeat(10)}": it is undefined`,
    ],
    [
      'a value further down',
      nested(11, undefined),
      `cannot write "/a~1b/1${'/0'.repeat(10)}/…": it is undefined`,
    ],
    [
      'half a surrogate pair',
      'a\ud800',
      'cannot write "/a~1b/1": it has half a surrogate pair, which UTF-8 cannot hold',
    ],
    [
      'such a key',
      { '\udc00': 1 },
      String.raw`cannot write "/a~1b/1/\udc00": it has half a surrogate pair, which UTF-8 cannot hold`,
    ],
    [
      'a cycle',
      cycle,
      `cannot write "/a~1b/1${'/again/0'.repeat(5)}/…": it is over 512 levels deep, or a cycle`,
    ],
  ])('%s', (_title, value, message) => {
    const object = JSON.parse('{"a/b": [0]}');
    object['a/b'][1] = value;
    expect(() => emit(object)).toThrow(new TypeError(message));
  });
});

test('refuses a value by its own path, whatever stood further down before it', () => {
  expect(() => emit({ a: { b: [{ c: 1 }] }, d: Number.NaN })).toThrow(
    'cannot write "/d": it is NaN, not a finite number',
  );
});

test('writes 512 levels, and no more', () => {
  const levels = (count: number) => emit(JSON.parse(`{"a":${'['.repeat(count)}${']'.repeat(count)}}`));
  expect(levels(512)).toContain('- []');
  expect(() => levels(513)).toThrow('it is over 512 levels deep');
});

test('writes a map of another realm, or without a prototype, as any other', () => {
  const foreign = Object.create(Object.create(null));
  expect(emit({ a: Object.assign(foreign, { b: 1 }) })).toBe('a:\n  b: 1\n');
  expect(emit({ a: Object.assign(Object.create(null), { b: 1 }) })).toBe('a:\n  b: 1\n');
});

function nested(depth: number, innermost: unknown): unknown {
  return depth === 0 ? innermost : [nested(depth - 1, innermost)];
}

/** How the text is written as a value, after a check that every parser reads it back from there and elsewhere. */
function written(text: string): string {
  const object = { map: { [text]: text }, list: [text, [text]], text };
  const yaml = emit(object);
  expect(misreadings(yaml, object, STRING_PARSERS)).toEqual([]);
  return yaml.slice(yaml.indexOf('\ntext: ') + '\ntext: '.length, -1);
}
