import { expect, test } from 'vitest';
import { tripsOn } from '@strake/testing';
import { deployment, object } from '../../../../test/sample-objects.ts';
import { testRules } from '../../../../test/rule-samples.ts';
import { noOverlappingSelector, validPodSelector } from './selectors.ts';
import { uniqueObject } from './unique-object.ts';

const settings = object('v1/ConfigMap', 'settings', {}, { namespace: 'shop' });
const inEnvironment = (environment: string, cluster: string) => ({
  objects: [settings],
  environment,
  cluster,
});

testRules([
  {
    rule: validPodSelector,
    trips: [deployment({}, { labels: { app: 'wep' } })],
    written: 'Deployment `web`: its selector does not select the pods of its template',
    passes: [
      [deployment({}, { labels: { app: 'web', tier: 'front' } })],
      [deployment({}, { selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] } })],
    ],
  },
  {
    rule: noOverlappingSelector,
    trips: [deployment(), deployment({}, { name: 'worker', labels: { app: 'web', worker: 'yes' } })],
    written: 'Deployment `web`: it selects the pods of Deployment `worker` too',
    passes: [
      [deployment(), deployment({}, { name: 'worker', labels: { app: 'worker' } })],
      [
        { ...deployment(), metadata: { name: 'web', namespace: 'one' } },
        {
          ...deployment({}, { name: 'worker', labels: { app: 'web' } }),
          metadata: { name: 'worker', namespace: 'two' },
        },
      ],
    ],
  },
  {
    rule: uniqueObject,
    trips: [inEnvironment('staging', 'one'), inEnvironment('production', 'one')],
    written: 'ConfigMap `settings`: `shop` in `staging` makes it too, on the cluster `one`',
    passes: [[settings], [object('v1/Secret', 'settings', {}), settings]],
  },
]);

test('environments on clusters of their own may make the same objects', () => {
  expect(() =>
    tripsOn(uniqueObject, inEnvironment('staging', 'one'), inEnvironment('production', 'two')),
  ).toThrow('unique-object finds nothing');
});

test('what applications of one environment make twice is left to the render', () => {
  const cart = { application: 'cart', objects: [settings] };
  expect(() => tripsOn(uniqueObject, [settings], cart)).toThrow('unique-object finds nothing');
});

test('the pods of another application in the namespace are not to be selected either', () => {
  const [found] = tripsOn(noOverlappingSelector, [deployment()], {
    application: 'cart',
    namespace: 'shop',
    objects: [deployment({}, { name: 'api', labels: { app: 'web' } })],
  });
  expect(found?.written).toBe('Deployment `web`: it selects the pods of Deployment `api` of `cart` too');
});
