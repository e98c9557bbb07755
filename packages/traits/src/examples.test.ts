/* oxlint-disable no-restricted-imports -- reads the documentation of the traits */
import { StatefulService, Task, WebService } from '@strake/components';
import { Application, defineOperations, render, type Trait } from '@strake/core';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as certManager from './cert-manager/index.ts';
import * as flagger from './flagger/index.ts';
import * as gateway from './gateway/index.ts';
import * as traits from './index.ts';
import * as istio from './istio/index.ts';
import * as keda from './keda/index.ts';
import * as opentelemetry from './opentelemetry/index.ts';
import * as prometheus from './prometheus/index.ts';

const HERE = new URL('./', import.meta.url);
const COMPONENTS = ['WebService', 'StatefulService', 'Task'] as const;
const FACTORIES = {
  ...traits,
  ...certManager,
  ...flagger,
  ...gateway,
  ...istio,
  ...keda,
  ...opentelemetry,
  ...prometheus,
};

class Shop extends Application {
  readonly WebService = new WebService(this, 'web', { image: 'web:1', ports: { http: 8080 } });
  readonly StatefulService = new StatefulService(this, 'store', { image: 'store:1', ports: { store: 6379 } });
  readonly Task = new Task(this, 'task', { image: 'task:1' });
}

interface Example {
  readonly factory: string;
  readonly component: (typeof COMPONENTS)[number];
  readonly code: string;
}

/** What stands in the documentation of each factory, by the file that it is in. */
const examples = readdirSync(HERE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .flatMap((file) => examplesIn(readFileSync(new URL(file, HERE), 'utf8')));

function examplesIn(text: string): Example[] {
  const blocks = text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport const (\w+): TraitFactory</g);
  return [...blocks].map(([, doc = '', factory = '']) => {
    const [, named = '', code = ''] =
      /@example *(\w*)\n([\s\S]*)$/.exec(doc.replaceAll(/^ *\* ?/gm, '')) ?? [];
    const component = COMPONENTS.find((each) => each === named) ?? 'WebService';
    return { factory, component, code: code.trim() };
  });
}

test('every factory has its documentation found', () => {
  expect(examples.map(({ factory }) => factory).toSorted()).toEqual(
    Object.entries(FACTORIES)
      .flatMap(([name, value]) => ('definition' in value ? [name] : []))
      .toSorted(),
  );
});

test.each(examples)('the example of $factory works on a $component', ({ factory, component, code }) => {
  expect(code).toMatch(new RegExp(`^${factory}\\(`));
  const evaluate = new Function(...Object.keys(FACTORIES), `return ${code}`);
  const attach = (shop: Shop) => {
    const trait: Trait<never> = evaluate(...Object.values(FACTORIES));
    shop[component].attach(trait);
  };
  const { findings } = render({
    project: 'shop',
    applications: { shop: Shop },
    operations: [defineOperations(Shop, (shop) => attach(shop))],
  });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});
