import { StatefulService, Task, WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { traitExamples, traitFactories } from '../../../test/trait-examples.ts';

const COMPONENTS = ['WebService', 'StatefulService', 'Task'] as const;

class Shop extends Application {
  readonly WebService = new WebService(this, 'web', { image: 'web:1', ports: { http: 8080 } });
  readonly StatefulService = new StatefulService(this, 'store', { image: 'store:1', ports: { store: 6379 } });
  readonly Task = new Task(this, 'task', { image: 'task:1' });
}

const examples = traitExamples();

test('every factory has its documentation found', () => {
  expect(examples.map(({ factory }) => factory).toSorted()).toEqual(traitFactories());
});

test.each(examples)('the example of $factory works on a $component', ({ factory, component, code, make }) => {
  expect(code).toMatch(new RegExp(`^${factory}\\(`));
  const named = COMPONENTS.find((each) => each === component) ?? 'WebService';
  const { findings } = render({
    project: 'shop',
    applications: { shop: Shop },
    operations: [defineOperations(Shop, (shop) => void shop[named].attach(make()))],
  });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});
