import type { DeliveryMode } from '@strake/core';
import { expect, test } from 'vitest';
import type { Plan } from '../plan.ts';
import { placeOf } from '../layout.ts';
import { deliveryParts } from './delivery-parts.ts';

const PATHS = [
  'CODEOWNERS',
  'clusters/eu-1/production/cart/kustomization-cart.yaml',
  'environments/production/cart/service-web.yaml',
  'environments/staging/cart/service-web.yaml',
];

function planned(folders: readonly string[]): Plan {
  const files = PATHS.map((path) => ({ path, ...placeOf(path), contents: '' }));
  return { project: 'cart', files, folders, findings: [] };
}

function parts(plan: Plan, owned: readonly string[], modes: Readonly<Record<string, DeliveryMode>> = {}) {
  return deliveryParts(plan, owned, (name) => modes[name] ?? 'push').map(({ environment, plan: part }) => [
    environment,
    part.files.map(({ path }) => path),
    part.folders,
  ]);
}

test('delivers what an agent reads with its environment, and what belongs to none where pull requests are', () => {
  const owned = ['clusters/old/staging/cart/kustomization-cart.yaml'];
  expect(parts(planned(['environments', 'clusters']), owned, { staging: 'pull-request' })).toEqual([
    ['production', PATHS.slice(1, 3), ['environments/production', 'clusters/eu-1/production']],
    ['staging', [PATHS[0], PATHS[3]], ['environments/staging', 'clusters/old/staging']],
  ]);
});

test('speaks in a part of a plan for the folders of both kinds', () => {
  const folders = ['clusters/eu-1/production/cart', 'environments/production/cart'];
  const [first] = parts({ ...planned(folders), files: [] }, []);
  expect(first).toEqual(['production', [], folders]);
});
