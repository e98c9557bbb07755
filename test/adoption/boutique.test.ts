import { expect, test } from 'vitest';
import { adoptedBoutique } from './adopted.ts';
import { adoptionDifferences } from './differences.ts';
import { countedKinds, METADATA_ONLY } from './objects.ts';

const boutique = adoptedBoutique();

test.runIf(boutique)('takes over Online Boutique with a change of metadata only', () => {
  const { running = [], rendered: { findings, objects } = { findings: [], objects: [] } } = boutique ?? {};
  expect(findings).toEqual([]);
  const differences = adoptionDifferences(running, objects);
  expect(differences.filter((each) => !METADATA_ONLY.test(each))).toEqual([]);
  expect(differences.length).toBeGreaterThan(0);
  expect(countedKinds(running)).toEqual({ Deployment: 12, Service: 12, ServiceAccount: 11 });
  expect(countedKinds(objects)).toEqual(countedKinds(running));
});
