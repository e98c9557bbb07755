import { expect, test } from 'vitest';
import { formatInventory, parseInventory, type Inventory } from './inventory.ts';

const HASH = 'ab'.repeat(32);
const path = (name: string) => `environments/production/cart/${name}.yaml`;

function reasonOf(files: Record<string, string>, rest: object = {}): string {
  const parsed = parseInventory(JSON.stringify({ version: 1, project: 'cart', files, ...rest }), 'cart');
  return parsed.ok ? 'valid' : parsed.reason;
}

test('writes one path a line, sorted, and reads back what it wrote', () => {
  const inventory: Inventory = {
    files: new Map([
      [path('service-b'), HASH],
      [path('service-a'), HASH],
    ]),
    pending: new Map([[path('service-c'), HASH]]),
  };
  const text = formatInventory('cart', inventory);
  expect(text).toBe(`{
  "version": 1,
  "project": "cart",
  "files": {
    "environments/production/cart/service-a.yaml": "${HASH}",
    "environments/production/cart/service-b.yaml": "${HASH}"
  },
  "pending": {
    "environments/production/cart/service-c.yaml": "${HASH}"
  }
}
`);
  expect(parseInventory(text, 'cart')).toEqual({ ok: true, inventory });
});

test('an inventory of nothing is one as well', () => {
  const text = formatInventory('cart', { files: new Map(), pending: new Map() });
  expect(parseInventory(text, 'cart')).toMatchObject({ ok: true });
});

test.each([
  '../outside.yaml',
  '/etc/passwd',
  'environments/production/../../README.yaml',
  'environments/../x/y.yaml',
  'environments/production/cart/../payments/service-api.yaml',
  'environments/production/cart/service-web.json',
  'environments/production/service-web.yaml',
  'environments//cart/service-web.yaml',
  'environments\\production\\cart\\x.yaml',
  'environments/production/cart/a/b/service-web.yaml',
  'environments/production/Cart/service-web.yaml',
  'environments/production/cart/service-web.yaml\n',
  'images/production/cart/kustomization.yaml',
  'clusters/eu-1/cart.yaml',
  'clusters/eu-1/production/cart.yaml',
  'clusters/eu-1/production/cart/../../kustomization.yaml',
  'clusters/eu-1/production/cart/a/kustomization-cart.yaml',
  'clusters/eu-1/../../production/cart/x.yaml',
  'clusters/eu-1/production/cart/strake.facts.json',
  'clusters/eu-1/production/cart/.yaml/x',
  '.github/CODEOWNERS',
  'CODEOWNERS/x.yaml',
  'codeowners',
  '.strake/payments.json',
  '.git/config',
])('refuses the path %j', (hostile) => {
  expect(reasonOf({ [hostile]: HASH })).toContain('is not a path of an application of the project');
  expect(reasonOf({}, { pending: { [hostile]: HASH } })).toContain('is not a path');
});

test('names what else is wrong', () => {
  expect(reasonOf({ [path('a')]: 'x' })).toBe(`\`files\` \`${path('a')}\` is not a SHA-256 hash`);
  expect(reasonOf({}, { project: 'payments' })).toBe('`project` is not `cart`');
  expect(reasonOf({}, { version: 2 })).toBe('`version` is not 1, the one that this Strake reads');
  expect(reasonOf({}, { extra: 1 })).toContain('extra');
  expect(reasonOf(Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, HASH])))).toContain(
    '; and 2 more',
  );
  expect(parseInventory('<<<<<<< ours', 'cart')).toEqual({ ok: false, reason: 'it is not JSON' });
  expect(parseInventory('[]', 'cart')).toMatchObject({ ok: false });
});
