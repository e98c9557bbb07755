import * as fc from 'fast-check';
import type { Finding } from '@strake/core';
import { describe, expect, test } from 'vitest';
import { structureOf } from '../packages/core/src/kubernetes/structure.ts';
import { LayeredObject } from '../packages/core/src/writes/layered-object.ts';
import { pathText } from '../packages/core/src/writes/path.ts';
import { arbitraryLayers, type LayersOfWrites } from './reference-engine/arbitrary-writes.ts';
import { ReferenceObject } from './reference-engine/reference-object.ts';
import { SAMPLE_KINDS, type SampleKind } from './reference-engine/sample-kinds.ts';

const IS_SOAK = process.env['STRAKE_SOAK'] === '1';
const SETS = IS_SOAK ? 120_000 : 2_000;
const SEED = IS_SOAK ? Date.now() : 20_261_122;

describe.each(SAMPLE_KINDS)('writes to a $kind', (sample) => {
  const layers = arbitraryLayers(sample);
  const numRuns = Math.ceil(SETS / SAMPLE_KINDS.length);

  test('come to the same in the engine and in the reference engine', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(layers, (sets) => void expect(byEngine(sample, sets)).toEqual(byReference(sample, sets))),
      { numRuns, seed: SEED },
    );
    if (IS_SOAK) console.log(`${sample.kind}: ${numRuns} sets of writes compared, seed ${SEED}`);
  });
});

interface Outcome {
  readonly values: unknown[];
  readonly findings: readonly string[][];
  readonly delegations: readonly string[][];
}

function byEngine({ apiVersion, kind }: SampleKind, layers: LayersOfWrites): Outcome {
  const object = new LayeredObject({ apiVersion, kind, name: 'web' });
  const outcome: Outcome = { values: [], findings: [], delegations: [] };
  return layers.reduce((said, writes) => {
    const findings: Finding[] = [];
    object.apply(writes, (finding) => findings.push(finding));
    return {
      values: [...said.values, object.value],
      findings: [...said.findings, findings.map(placeOf).toSorted()],
      delegations: [
        ...said.delegations,
        object.delegations.map(({ steps, to }) => `${pathText(steps)} to ${to}`).toSorted(),
      ],
    };
  }, outcome);
}

function byReference({ apiVersion, kind }: SampleKind, layers: LayersOfWrites): Outcome {
  const object = new ReferenceObject(structureOf(apiVersion, kind));
  const outcome: Outcome = { values: [], findings: [], delegations: [] };
  return layers.reduce((said, writes) => {
    const complaints = object.apply(writes);
    return {
      values: [...said.values, object.value],
      findings: [...said.findings, complaints.map((each) => placeText(each.split(' '))).toSorted()],
      delegations: [
        ...said.delegations,
        object.delegations.map(({ address, to }) => `${pathText(address)} to ${to}`).toSorted(),
      ],
    };
  }, outcome);
}

/** `conflict spec.replicas`, from a finding. */
function placeOf({ code, written }: Finding): string {
  const [, path = ''] = /^`([^`]*)` of /.exec(written) ?? [];
  return `${code} ${path}`;
}

function placeText([code, ...steps]: readonly string[]): string {
  return `${code} ${pathText(steps)}`;
}
