import type { ObjectWriter } from '@strake/core';
import { describe, expect, test } from 'vitest';
import { SERVICE, writerOf, written } from '../../../../test/written-object.ts';
import { ObjectStore } from './object-store.ts';

const WEB = { apiVersion: 'v1', kind: 'Service', name: 'web' };
const canary = (it: ObjectWriter) => it.withhold({ to: 'Flagger' });
const annotate = (it: ObjectWriter) => it.merge({ metadata: { annotations: { team: 'web' } } });

describe('an object that is withheld', () => {
  test('is not written, and siblings read it all the same', () => {
    const store = new ObjectStore('shop', () => {});
    store.access(writerOf('component', 'base')).create(SERVICE);
    store.commit();
    canary(store.access(writerOf('trait', 'canary')).edit(WEB));
    const sibling = store.access(writerOf('trait', 'monitor')).edit(WEB);
    expect(sibling.read('spec.ports[80].name')).toBe('http');
    store.commit();
    expect(store.objects()).toEqual([]);
  });

  test('is withheld as a whole, wherever its writer stands', () => {
    const { findings, object } = written(SERVICE, { canary: (it) => canary(it.at('spec')) });
    expect(findings).toEqual([]);
    expect(object.value).toBeUndefined();
    expect(object.delegations).toMatchObject([{ steps: [], to: 'Flagger' }]);
  });

  test('takes no write of its own layer or a later one, whatever the order', () => {
    for (const { findings, object } of [
      written(SERVICE, { annotate, canary }),
      written(SERVICE, { canary, annotate }),
      written(SERVICE, { canary }, { annotate }),
    ]) {
      expect(findings).toMatchObject([
        {
          code: 'delegated',
          written: 'Service `web`: `annotate` writes it',
          allowed: '`canary` left it to Flagger, which decides it at run time',
        },
      ]);
      expect(findings[0]?.sources.map(({ file }) => file).toSorted()).toEqual(['annotate.ts', 'canary.ts']);
      expect(object.value).toBeUndefined();
    }
  });

  test('takes the writes of its own writer, which knows what it does', () => {
    const { findings } = written(SERVICE, {
      canary: (it) => {
        annotate(it);
        canary(it);
      },
    });
    expect(findings).toEqual([]);
  });

  test('takes removals without a word, since nothing of it is lost', () => {
    const { findings, object } = written(SERVICE, { canary, trim: (it) => it.remove('spec.ports[80]') });
    expect(findings).toEqual([]);
    expect(object.value).toBeUndefined();
  });

  test('comes back as it was for a later write that overrides', () => {
    const override = (it: ObjectWriter) =>
      it.merge({ metadata: { annotations: { team: 'web' } } }, { override: true });
    const { findings, object } = written(SERVICE, { canary }, { override });
    expect(findings).toEqual([]);
    expect(object.delegations).toEqual([]);
    expect(object.value).toEqual({
      ...SERVICE,
      metadata: { ...SERVICE.metadata, namespace: 'shop', annotations: { team: 'web' } },
    });
  });

  test('has one controller', () => {
    const other = (it: ObjectWriter) => it.withhold({ to: 'Rollouts' });
    const { findings, object } = written(SERVICE, { canary, other });
    expect(findings.map(({ code }) => code)).toEqual(['conflict']);
    expect(object.value).toMatchObject({ kind: 'Service' });
    expect(written(SERVICE, { canary, again: canary }).findings).toEqual([]);
  });
});
