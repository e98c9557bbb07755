import type { KubernetesObject } from '@strake/core';
import { expect, test } from 'vitest';
import type { ChangedValue, ObjectChange } from '../diff/object-change.ts';
import type { Cluster } from './cluster.ts';
import { withRefilled } from './refilled-values.ts';

const web: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec: {
    replicas: 1,
    minReadySeconds: 7,
    strategy: { type: 'Recreate' },
    template: { spec: { containers: [{ name: 'web', env: [{ name: 'DEBUG', value: '1' }] }] } },
  },
};

function taken(steps: readonly string[], before: ChangedValue['before']): ChangedValue {
  return { steps, names: steps, before, after: undefined, by: [], note: 'added by kubectl' };
}

function change(...values: readonly ChangedValue[]): ObjectChange {
  return { environment: 'live', application: 'shop', object: web, change: 'changed', values };
}

/** A cluster that fills in two defaults, and remembers what it was asked to replace. */
function cluster(asked: KubernetesObject[] = [], refuses = false): Pick<Cluster, 'replace'> {
  return {
    replace: async (objects) => {
      asked.push(...objects);
      if (refuses) return { ok: false, answer: { code: 1, out: '', err: 'forbidden' } };
      const result = objects.map(({ spec, ...rest }) => {
        const filled = { replicas: 1, strategy: { type: 'RollingUpdate' } };
        const object = { ...rest, spec: { ...filled, ...(spec as object) } };
        return { object, managers: [], isOwned: false, status: {} };
      });
      return { ok: true, result };
    },
  };
}

const applied = new Map([['apps/Deployment/shop/web', web]]);

test('what is filled in again with the same value is no change, and all else is one', async () => {
  const values = [
    taken(['spec', 'replicas'], 1),
    taken(['spec', 'minReadySeconds'], 7),
    taken(['spec', 'strategy'], { type: 'Recreate' }),
  ];
  const [left, ...others] = await withRefilled(cluster(), [change(...values)], applied);
  expect(others).toEqual([]);
  expect(left?.values.map(({ steps, after }) => [steps.join('.'), after])).toEqual([
    ['spec.minReadySeconds', undefined],
    ['spec.strategy', { type: 'RollingUpdate' }],
  ]);
});

test('an object of which nothing else differs is left out', async () => {
  expect(await withRefilled(cluster(), [change(taken(['spec', 'replicas'], 1))], applied)).toEqual([]);
});

test('the object is asked for without the values alone, elements of lists by their keys', async () => {
  const asked: KubernetesObject[] = [];
  const steps = ['spec', 'template', 'spec', 'containers', 'web', 'env', 'DEBUG'];
  const values = [taken(steps, { name: 'DEBUG', value: '1' }), taken(['metadata', 'labels', 'app'], 'web')];
  const left = await withRefilled(cluster(asked), [change(...values)], applied);
  expect(left).toEqual([change(...values)]);
  expect(asked).toMatchObject([
    { apiVersion: 'apps/v1', metadata: { name: 'web', namespace: 'shop', labels: {} } },
  ]);
  expect(asked[0]).toHaveProperty('spec.template.spec.containers', [{ name: 'web', env: [] }]);
});

test('nothing is asked where the agent takes nothing over, and nothing is lost where the cluster refuses', async () => {
  const asked: KubernetesObject[] = [];
  const stays = { ...taken(['spec', 'minReadySeconds'], 7), stays: true };
  expect(await withRefilled(cluster(asked), [change(stays)], applied)).toEqual([change(stays)]);
  expect(asked).toEqual([]);
  const one = change(taken(['spec', 'replicas'], 1));
  expect(await withRefilled(cluster(asked, true), [one], applied)).toEqual([one]);
});
