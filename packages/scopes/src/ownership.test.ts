import { expect, test } from 'vitest';
import { suppliedShop, writes } from '../../../test/supplied-shop.ts';
import { ownership } from './ownership.ts';

const owner = { team: 'shop', costCenter: 'cc-4711', contact: '#shop on chat' };
const labels = { 'strake.dev/team': 'shop', 'strake.dev/cost-center': 'cc-4711' };

test('labels all objects, pods and namespaces with their owner', () => {
  const { findings, objects, of } = suppliedShop([ownership({ owners: { shop: owner } })]);
  expect(findings).toEqual([]);
  for (const { metadata } of objects) expect(metadata.labels).toMatchObject(labels);
  expect(of('Deployment', 'web')?.metadata.annotations).toEqual({ 'strake.dev/contact': '#shop on chat' });
  expect(of('Deployment', 'web')?.['spec']).toMatchObject({
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web', ...labels } } },
  });
  expect(of('Namespace')?.metadata.labels).toMatchObject(labels);
});

test('refuses an application of which nobody knows what must be known', () => {
  const { findings } = suppliedShop([ownership({ owners: { shop: owner, pay: {} } })]);
  expect(findings).toEqual([]);
  const missing = suppliedShop([ownership({ owners: {}, required: ['team', 'contact'] })]).findings;
  expect(missing.map(({ code, path, written }) => [code, path, written])).toEqual([
    ['owner-missing', 'shop', '`ownership` does not say `team`, `contact` of `shop`'],
  ]);
});

test('refuses another owner in a lower layer', () => {
  const value = { metadata: { labels: { 'acme.example/team': 'ours' } } };
  const { findings } = suppliedShop(
    [ownership({ owners: { shop: { team: 'shop' } }, prefix: 'acme.example' })],
    ({ web }) => web.attach(writes({ value })),
  );
  expect(findings.map(({ code }) => code)).toEqual(['locked']);
});
