import { WebService } from '@strake/components';
import { expect, test } from 'vitest';
import {
  Application,
  defineConfig,
  defineOperations,
  defineTrait,
  propertiesOf,
  render,
  Scalable,
  type Trait,
} from './index.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'shop:1', ports: { http: 80 } });
}

interface Counting {
  readonly conflictsWith?: Record<string, string> | readonly string[];
  readonly requires?: readonly string[];
}

const counting = (name: string, count: number, more: Counting = {}) =>
  defineTrait({
    name,
    package: 'test',
    summary: 'Counts.',
    properties: propertiesOf<{}>()({}),
    needs: [Scalable],
    ...more,
    apply: ({ edit, scalable }) => edit(scalable.workload).set('spec.replicas', count),
  })();

const rendered = (...traits: readonly Trait<'scalable'>[]) => {
  const operations = [defineOperations(Shop, ({ web }) => void web.attach(...traits))];
  const { findings, applications } = render(
    defineConfig({ project: 'shop', applications: { shop: Shop }, operations }),
  );
  const workload = applications
    .flatMap(({ manifests }) => manifests)
    .find(({ object: { kind } }) => kind === 'Deployment')?.object;
  return { findings: findings.map(({ code, written, allowed }) => [code, written, allowed]), workload };
};

test('traits that exclude each other are one finding, with the reason, and only the first attached is applied', () => {
  const night = counting('night-shift', 0, { conflictsWith: { count: 'both choose the number of pods' } });
  const count = counting('count', 3);
  const said = '`nightShift` excludes `count`: both choose the number of pods';
  const first = rendered(night, count);
  expect(first.findings).toEqual([
    ['trait-conflict', 'the traits `nightShift` and `count` on one component', said],
  ]);
  expect(first.workload).toMatchObject({ spec: { replicas: 0 } });
  const second = rendered(count, night);
  expect(second.findings).toEqual([
    ['trait-conflict', 'the traits `count` and `nightShift` on one component', said],
  ]);
  expect(second.workload).toMatchObject({ spec: { replicas: 3 } });
});

test('traits that exclude each other in both directions are one finding, with the reasons of both', () => {
  const one = counting('one', 1, { conflictsWith: { two: 'one is enough' } });
  const two = counting('two', 2, { conflictsWith: { one: 'two are needed' } });
  expect(rendered(one, two).findings.map(([, , allowed]) => allowed)).toEqual([
    '`one` excludes `two`: one is enough; `two` excludes `one`: two are needed',
  ]);
});

test('an exclusion without a reason is said without one', () => {
  const one = counting('one', 1, { conflictsWith: ['two'] });
  const two = counting('two', 2, { conflictsWith: ['one'] });
  expect(rendered(one, two).findings.map(([, , allowed]) => allowed)).toEqual(['`one` excludes `two`']);
});

test('every pair that excludes each other is said at once, and what is left out excludes no further', () => {
  const one = counting('one', 1, { conflictsWith: ['two'] });
  const two = counting('two', 2, { conflictsWith: ['three'] });
  const three = counting('three', 1);
  const { findings, workload } = rendered(one, two, three);
  expect(findings.map(([code, written]) => `${code}: ${written}`)).toEqual([
    'trait-conflict: the traits `one` and `two` on one component',
    'trait-conflict: the traits `two` and `three` on one component',
  ]);
  expect(workload).toMatchObject({ spec: { replicas: 1 } });
});

test('a trait that is left out for a conflict still answers who requires it', () => {
  const one = counting('one', 1, { conflictsWith: ['two'] });
  const two = counting('two', 2);
  const three = counting('three', 1, { requires: ['two'] });
  expect(rendered(one, two, three).findings.map(([code]) => code)).toEqual(['trait-conflict']);
});
