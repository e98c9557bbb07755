import { expect, test } from 'vitest';
import { LabelIndex, selectorOf, selects } from './selector.ts';

const labels = new Map([
  ['app', 'web'],
  ['tier', 'front'],
]);

test.each([
  [{ matchLabels: { app: 'web', tier: 'front' } }, true],
  [{ matchLabels: { app: 'web', tier: 'back' } }, false],
  [{}, true],
  [{ matchExpressions: [{ key: 'app', operator: 'In', values: ['api', 'web'] }] }, true],
  [{ matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['web'] }] }, false],
  [{ matchExpressions: [{ key: 'other', operator: 'NotIn', values: ['web'] }] }, true],
  [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, true],
  [{ matchExpressions: [{ key: 'other', operator: 'Exists' }] }, false],
  [{ matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, false],
])('%j selects or not', (value, expected) => {
  const selector = selectorOf(value);
  expect(selector && selects(selector, labels)).toBe(expected);
});

test('a selector is tried only on what has the rarest of its labels', () => {
  let tried = 0;
  class CountedLabels extends Map<string, string> {
    override get(key: string) {
      tried += 1;
      return super.get(key);
    }
  }
  const index = new LabelIndex();
  for (let count = 0; count < 1000; count += 1) {
    index.add({
      namespace: 'shop',
      labels: new CountedLabels([
        ['part-of', 'shop'],
        ['app', `web-${count}`],
      ]),
    });
  }
  const selector = selectorOf({ matchLabels: { 'part-of': 'shop', app: 'web-7' } });
  expect(selector && [...index.selected(selector, 'shop')]).toHaveLength(1);
  expect(tried).toBe(2);
});

test('a selector selects the same among few things and among many', () => {
  const things = Array.from({ length: 40 }, (_, index) => ({
    namespace: 'shop',
    index,
    labels: new Map([
      ['app', `web-${index % 3}`],
      ['tier', index % 2 === 0 ? 'front' : 'back'],
    ]),
  }));
  const selector = selectorOf({ matchLabels: { tier: 'front', app: 'web-1' } });
  for (const count of [1, 5, 8, 9, 40]) {
    const index = new LabelIndex<(typeof things)[number]>();
    const added = things.slice(0, count);
    for (const [at, each] of added.entries()) {
      index.add(each);
      const expected = added.slice(0, at + 1).filter((one) => one.index % 6 === 4);
      expect(selector && [...index.selected(selector, 'shop')]).toEqual(expected);
    }
    expect(selector && [...index.selected(selector, 'other')]).toEqual([]);
  }
});
