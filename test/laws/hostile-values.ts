import * as fc from 'fast-check';
import { codePoint } from '../code-point.ts';

/** A value that no schema expects, as a description that can be printed; `valueOf` makes it. */
export type Hostile =
  | { readonly kind: 'made'; readonly name: keyof typeof MAKERS }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'long'; readonly character: string; readonly length: number }
  | { readonly kind: 'anything'; readonly value: unknown };

const MEBIBYTE = 1024 * 1024;
const DEEP = 20_000;

class Unknown {
  readonly own = 'field';
}

function thrower(): never {
  throw new Error('the value throws');
}

const everyTrap: ProxyHandler<object> = Object.fromEntries(
  Reflect.ownKeys(Reflect).flatMap((trap) => (typeof trap === 'string' ? [[trap, thrower]] : [])),
);

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 'innermost';
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
}

function cycle(): object {
  const value: Record<string, unknown> = { name: 'cycle' };
  value['self'] = value;
  value['list'] = [value, [value]];
  return value;
}

const MAKERS = {
  undefined: () => undefined,
  null: () => null,
  nan: () => Number.NaN,
  infinity: () => -Infinity,
  negativeZero: () => -0,
  hugeNumber: () => 1e308,
  fraction: () => 0.1 + 0.2,
  bigint: () => 10n ** 40n,
  symbol: () => Symbol('hostile'),
  symbolKey: () => ({ [Symbol('hostile')]: 1, name: 'x' }),
  function: () => () => 'hostile',
  throwingFunction: () => thrower,
  class: () => Unknown,
  instance: () => new Unknown(),
  date: () => new Date(0),
  invalidDate: () => new Date(Number.NaN),
  map: () => new Map([['a', 1]]),
  regex: () => /a/,
  error: () => new Error('an error as a value'),
  promise: () => Promise.resolve(1),
  emptyObject: () => ({}),
  emptyList: () => [],
  sparse: () => Object.assign([], { length: 5000 }),
  longList: () => Array.from({ length: 1000 }, (_, index) => index),
  manyKeys: () => Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`key-${index}`, 'x'])),
  cycle,
  deepMap: () => nested(DEEP, (inner) => ({ a: inner })),
  deepList: () => nested(DEEP, (inner) => [inner]),
  throwingGetter: () => Object.defineProperty({}, 'name', { enumerable: true, get: thrower }),
  throwingToString: () => ({ toString: thrower, [Symbol.toPrimitive]: thrower, toJSON: thrower }),
  throwingJson: () => ({ toJSON: thrower }),
  throwingProxy: () => new Proxy({}, everyTrap),
  throwingListProxy: () => new Proxy([], everyTrap),
  throwingFunctionProxy: () => new Proxy(() => undefined, everyTrap),
  revokedProxy: () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  infiniteProxy: (): unknown =>
    new Proxy({}, { get: (_, key) => (typeof key === 'symbol' ? undefined : MAKERS.infiniteProxy()) }),
  protoKey: () =>
    JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
  nullPrototype: () => Object.assign(Object.create(null), { a: 1 }),
  noConstructor: () => Object.create({ constructor: undefined }),
  lyingLength: () => ({ length: 1e9, 0: 'a' }),
  boxed: () => Object('boxed'),
  frozen: () => Object.freeze({ a: Object.freeze([1]) }),
  bytes: () => new Uint8Array(1000),
  oneMebibyte: () => 'x'.repeat(MEBIBYTE),
  oneMebibyteOfLines: () => 'a: |\n  b\n'.repeat(MEBIBYTE / 9),
  oneMebibyteOfBackslashes: () => '\\"'.repeat(MEBIBYTE / 2),
} as const;

/** Names that lead elsewhere, or that some system cannot have. */
export const HOSTILE_NAMES: readonly string[] = [
  '',
  '.',
  '..',
  '../outside',
  '../../outside',
  '..\\outside',
  '/etc/passwd',
  'C:\\outside',
  '\\\\server\\share',
  '%2e%2e%2foutside',
  'a/../../outside',
  'a/b',
  'con',
  'CON',
  'nul.yaml',
  'com1',
  'aux.',
  'trailing.',
  'trailing ',
  ' leading',
  'Web',
  'WEB',
  'wéb',
  'we\u0301b',
  'ｗｅｂ',
  '\u202ebew',
  'a\u0000b',
  'a\nb',
  'a\r\nb: c',
  '\u001b[31mred\u001b[0m',
  '-rf',
  '--help',
  '~',
  '$(id)',
  '`id`',
  '${HOME}',
  '*',
  '?',
  'a:b',
  'a#b',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  'kustomization',
  '.strake',
  '.git',
  '\ud800',
  '💥'.repeat(80),
  'x'.repeat(64),
  'x'.repeat(300),
];

const made = fc
  .constantFrom(...(Object.keys(MAKERS) as (keyof typeof MAKERS)[]))
  .map((name): Hostile => ({ kind: 'made', name }));
const text = fc
  .oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ unit: codePoint, maxLength: 80 }))
  .map((value): Hostile => ({ kind: 'text', text: value }));
const anything = fc
  .anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    maxDepth: 3,
  })
  .map((value): Hostile => ({ kind: 'anything', value }));
const long = fc
  .record({ character: fc.constantFrom('a', '\n', '"', '\u0000', ' ', '- '), length: fc.nat(200_000) })
  .map((each): Hostile => ({ kind: 'long', ...each }));

/** Any value that a configuration can put where another one is expected. */
export const hostile: fc.Arbitrary<Hostile> = fc.oneof(
  { weight: 5, arbitrary: made },
  { weight: 4, arbitrary: text },
  { weight: 4, arbitrary: anything },
  { weight: 1, arbitrary: long },
);

/** Makes the value; a fresh one each time, since some can be used once only. */
export function valueOf(description: Hostile): unknown {
  switch (description.kind) {
    case 'made':
      return MAKERS[description.name]();
    case 'text':
      return description.text;
    case 'long':
      return description.character.repeat(description.length);
    case 'anything':
      return description.value;
  }
}
