import type { Finding, Write } from '@strake/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { structureOf } from '../packages/core/src/kubernetes/structure.ts';
import { LayeredObject } from '../packages/core/src/writes/layered-object.ts';
import { pathText } from '../packages/core/src/writes/path.ts';
import { strayElements } from '../packages/core/src/writes/stray-elements.ts';
import { sampleCount } from './sample-count.ts';
import { arbitraryLayers, type LayersOfWrites } from './reference-engine/arbitrary-writes.ts';
import {
  arbitraryOrder,
  leavesByAddress,
  regardlessOfPositions,
  unmentioned,
} from './reference-engine/laws.ts';
import { ReferenceObject } from './reference-engine/reference-object.ts';
import { SAMPLE_KINDS, type SampleKind } from './reference-engine/sample-kinds.ts';

const IS_SOAK = process.env['STRAKE_SOAK'] === '1';
const SETS = sampleCount({ usual: 2_000, soak: 120_000 });
const SEED = IS_SOAK ? Date.now() : 20_261_122;
const RUNS = { numRuns: Math.ceil(SETS / SAMPLE_KINDS.length), seed: SEED };
const LAWS = { ...RUNS, numRuns: Math.ceil(RUNS.numRuns / 5) };

describe.each(SAMPLE_KINDS)('writes to a $kind', (sample) => {
  const layers = arbitraryLayers(sample);
  const structure = structureOf(sample.apiVersion, sample.kind);

  test('come to the same in the engine and in the reference engine', { timeout: 3_600_000 }, () => {
    const compare = (sets: LayersOfWrites) =>
      expect(byEngine(sample, sets)).toEqual(byReference(sample, sets));
    fc.assert(
      fc.property(layers, (sets) => {
        compare(sets);
      }),
      RUNS,
    );
    if (IS_SOAK)
      console.log(`writes to a ${sample.kind}: ${RUNS.numRuns} sets of writes compared, seed ${SEED}`);
  });

  test(
    'come to the same in every order of the writers of a layer, but for positions',
    { timeout: 3_600_000 },
    () => {
      const orders = layers.chain((sets) =>
        fc.tuple(fc.constant(sets), fc.tuple(...sets.map(arbitraryOrder))),
      );
      const compare = ([sets, shuffled]: readonly LayersOfWrites[]) => {
        const [one, other] = [byEngine(sample, sets ?? []), byEngine(sample, shuffled ?? [])];
        expect(other.values.map(regardlessOfPositions)).toEqual(one.values.map(regardlessOfPositions));
        expect({ ...other, values: [] }).toEqual({ ...one, values: [] });
      };
      fc.assert(
        fc.property(orders, (pair) => {
          compare(pair);
        }),
        LAWS,
      );
    },
  );

  test('change nothing when they come again', { timeout: 3_600_000 }, () => {
    const compare = ([created = [], traits = []]: LayersOfWrites) => {
      const once = byEngine(sample, [created, traits]);
      const isClean = once.findings[1]?.length === 0 && strayElements(once.values[1], structure).length === 0;
      fc.pre(isClean && !traits.some(({ operation }) => operation.kind === 'delegate'));
      const twice = byEngine(sample, [created, traits, traits]);
      expect(twice.values[2]).toEqual(once.values[1]);
      expect(byEngine(sample, [created, traits])).toEqual(once);
    };
    fc.assert(
      fc.property(layers, (sets) => {
        compare(sets);
      }),
      { ...LAWS, maxSkipsPerRun: 1000 },
    );
  });

  test('change nothing that they do not mention', { timeout: 3_600_000 }, () => {
    const compare = ([created = [], ...higher]: LayersOfWrites) => {
      const [base] = byEngine(sample, [created]).values;
      const last = byEngine(sample, [created, ...higher]).values.at(-1);
      const leaves = last === undefined ? new Map() : leavesByAddress(last, structure);
      for (const [address, text] of base === undefined ? [] : unmentioned(base, higher.flat(), structure)) {
        expect([address, leaves.get(address)]).toEqual([address, text]);
      }
    };
    fc.assert(
      fc.property(layers, (sets) => {
        compare(sets);
      }),
      LAWS,
    );
  });
});

test('a base is refused exactly when two containers of it have one name', () => {
  const names = fc.array(fc.constantFrom('web', 'side', 'agent', 'proxy'), { maxLength: 4 });
  const compare = (containers: readonly string[]) => {
    const value = { spec: { containers: containers.map((name) => ({ name })) } };
    const writer = {
      layer: 'component',
      definition: 'base',
      package: 'p',
      path: 'web',
      origin: undefined,
    } as const;
    const create: Write = { writer, operation: { kind: 'create', value, shared: false }, options: {} };
    const findings: Finding[] = [];
    new LayeredObject({ apiVersion: 'v1', kind: 'Pod', name: 'web' }).apply([create], (each) =>
      findings.push(each),
    );
    expect(findings.some(({ code }) => code === 'list-duplicate-key')).toBe(
      new Set(containers).size < containers.length,
    );
  };
  fc.assert(
    fc.property(names, (containers) => {
      compare(containers);
    }),
    LAWS,
  );
});

interface Outcome {
  readonly values: readonly LayeredObject['value'][];
  readonly findings: readonly string[][];
  readonly delegations: readonly string[][];
}

const NOTHING: Outcome = { values: [], findings: [], delegations: [] };

function byEngine({ apiVersion, kind }: SampleKind, layers: LayersOfWrites): Outcome {
  const object = new LayeredObject({ apiVersion, kind, name: 'web' });
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
  }, NOTHING);
}

function byReference({ apiVersion, kind }: SampleKind, layers: LayersOfWrites): Outcome {
  const object = new ReferenceObject(structureOf(apiVersion, kind));
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
  }, NOTHING);
}

/** `conflict spec.replicas`, from a finding. */
function placeOf({ code, written }: Finding): string {
  const [, path = ''] = /^`([^`]*)` of /.exec(written) ?? [];
  return `${code} ${path}`;
}

/** `conflict spec.replicas`, from a complaint; the address of the whole object is empty. */
function placeText([code, ...steps]: readonly string[]): string {
  return `${code} ${pathText(steps.filter((step) => step !== ''))}`;
}
