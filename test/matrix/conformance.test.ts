import * as components from '@strake/components';
import type { Trait } from '@strake/core';
import { conformance, invariants, violationText, type AnyTraitFactory } from '@strake/testing';
import { labels } from '@strake/traits';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TRAIT_EXPORTS, traitExamples } from '../trait-examples.ts';
import { COMPONENTS } from './components.ts';
import { GIVEN } from './scopes.ts';

/** Examples that need the containers or kinds of another component than the others. */
const PLACES: Readonly<Record<string, string>> = { Task: 'Task', StatefulService: 'StatefulService' };

test.each(traitExamples())('$factory conforms', ({ factory, component, properties }) => {
  const place = COMPONENTS.find(({ type }) => type === (PLACES[component] ?? 'WebService'));
  const made = TRAIT_EXPORTS[factory] as AnyTraitFactory<unknown>;
  const beside: Trait<string>[] =
    factory === 'labels' ? [] : [labels({ labels: { 'acme.dev/team': 'shop' } })];
  const violations = conformance<unknown>(made, {
    examples: [properties()],
    on: (application) => place?.construct(application) ?? expect.fail(),
    given: GIVEN,
    beside,
  });
  expect(violations.map(violationText)).toEqual([]);
});

const IMAGE = 'ghcr.io/acme/web:1.4.2';

test('every component conforms', () => {
  const found = [
    conformance(components.Config, { examples: [{ data: { level: 'info' } }] }),
    conformance(components.CronTask, { examples: [{ image: IMAGE, schedule: '@daily', env: { A: 'a' } }] }),
    conformance(components.Daemon, { examples: [{ image: IMAGE, ports: { http: 8080 } }] }),
    conformance(components.ExternalService, {
      examples: [
        { host: 'db.example.com', ports: { db: 5432 } },
        { addresses: ['10.0.0.1', 'fd00::1'], ports: { db: { port: 5432, protocol: 'TCP' } } },
      ],
    }),
    conformance(components.StatefulService, {
      examples: [{ image: IMAGE, ports: { redis: 6379 }, storage: { path: '/data', size: '1Gi' } }],
    }),
    conformance(components.Task, { examples: [{ image: IMAGE, command: ['run'] }] }),
    conformance(components.VolumeClaim, { examples: [{ size: '1Gi' }] }),
    conformance(components.WebService, {
      examples: [
        { image: IMAGE, ports: { http: { port: 80, containerPort: 8080 } } },
        (application) => ({
          image: IMAGE,
          ports: { http: 8080 },
          mounts: { '/etc/web': new components.Config(application, 'settings', { data: { a: 'b' } }) },
        }),
      ],
    }),
    conformance(components.Worker, { examples: [{ image: IMAGE }] }),
  ];
  expect(found.flat().map(violationText)).toEqual([]);
  expect(found).toHaveLength(9);
});

test('the page about testing has every invariant, in the words of its summary', () => {
  const page = readFileSync(new URL('../../docs/testing.md', import.meta.url), 'utf8');
  for (const { name, summary } of invariants) expect(page).toContain(`| \`${name}\` | ${summary} |`);
});
