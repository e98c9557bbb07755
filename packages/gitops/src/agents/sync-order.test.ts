import type { ApplicationFacts, Facts } from '@strake/core';
import { expect, test } from 'vitest';
import { syncOrder } from './sync-order.ts';

/** Facts of applications that call others: `cart: 'payments mail'`. */
function facts(calls: Readonly<Record<string, string>>): Facts {
  const applications = Object.entries(calls).map(([application, called]): ApplicationFacts => ({
    application,
    namespace: application,
    components: [],
    connections: called
      .split(' ')
      .filter((name) => name !== '')
      .map((name) => ({
        from: { application, component: 'web' },
        to: { application: name, component: 'api' },
        port: 'http',
      })),
  }));
  return { applications } as unknown as Facts;
}

function ordered(calls: Readonly<Record<string, string>>): Record<string, unknown> {
  const order = syncOrder(facts(calls));
  const names = Object.keys(calls).toSorted();
  return Object.fromEntries(names.map((name) => [name, [order.depth(name), ...order.calledBy(name)]]));
}

test('puts an application after those that it calls, and after those that they call', () => {
  expect(ordered({ shop: 'payments shop mail', payments: 'mail', mail: '', alone: '' })).toEqual({
    alone: [0],
    mail: [0],
    payments: [1, 'mail'],
    shop: [2, 'mail', 'payments'],
  });
});

test('breaks a circle at the same place, whatever the order, and says so', () => {
  const calls = { a: 'b', b: 'c', c: 'a' };
  const broken = { a: [2, 'b'], b: [1, 'c'], c: [0] };
  expect(ordered(calls)).toEqual(broken);
  expect(ordered({ c: 'a', b: 'c', a: 'b' })).toEqual(broken);
  const order = syncOrder(facts(calls));
  expect(order.problems('c')).toMatchObject([{ code: 'agent-order-cyclic', severity: 'warning', path: 'c' }]);
  expect([...order.problems('a'), ...order.problems('b')]).toEqual([]);
});

test('does not wait for what is not known', () => {
  expect(ordered({ shop: 'elsewhere' })).toEqual({ shop: [0] });
});
