import { App, Chart, JsonPatch, type ApiObjectProps } from 'cdk8s';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainJson, PlainObject } from './plain-object.ts';

const KIND = { apiVersion: 'v1', kind: 'ConfigMap' };

function object(props: Partial<ApiObjectProps> = {}): PlainObject {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop', labels: { team: 'shop' } });
  return new PlainObject(chart, 'settings', { ...KIND, ...props });
}

const TEXT = fc.string({ maxLength: 4 });
const TEXTS = fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), TEXT, {
  maxKeys: 3,
  noNullPrototype: true,
});

test('what metadata comes to is what cdk8s makes of it', () => {
  const metadata = fc.record(
    {
      name: fc.constantFrom('settings', 'other'),
      namespace: fc.constantFrom('shop', 'elsewhere'),
      labels: TEXTS,
      annotations: TEXTS,
      finalizers: fc.array(TEXT, { maxLength: 2 }),
      generateName: TEXT,
      managed: fc.constantFrom({ by: { one: 'x' }, empty: {}, none: [] }, { empty: {} }),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  fc.assert(
    fc.property(metadata, (given) => {
      const made = object({ metadata: given });
      expect(plainJson(made)?.['metadata']).toEqual(made.metadata.toJson());
    }),
  );
});

test('what is added to metadata later is there', () => {
  const made = object({ metadata: { name: 'settings' } });
  made.metadata.addLabel('tier', 'web');
  made.metadata.addAnnotation('note', 'kept');
  made.metadata.addFinalizers('example.com/keep');
  made.metadata.addOwnerReference({ apiVersion: 'v1', kind: 'Node', name: 'one', uid: '1' });
  made.metadata.add('generation', 3);
  expect(plainJson(made)).toEqual({
    ...KIND,
    metadata: {
      name: 'settings',
      namespace: 'shop',
      labels: { team: 'shop', tier: 'web' },
      annotations: { note: 'kept' },
      finalizers: ['example.com/keep'],
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'one', uid: '1' }],
      generation: 3,
    },
  });
});

test('an object that is patched, or holds more than plain values, is none', () => {
  const patched = object();
  patched.addJsonPatch(JsonPatch.add('/data', {}));
  expect(plainJson(patched)).toBeUndefined();
  expect(plainJson(object({ data: { since: new Date(0) } }))).toBeUndefined();
});
