import type { JsonObject, JsonValue, Write } from '@strake/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { structureOf, type Structure } from '../packages/core/src/kubernetes/structure.ts';
import type { Union } from '../packages/core/src/kubernetes/unions.ts';
import { differences } from '../packages/core/src/writes/differences.ts';
import { historyOf } from '../packages/core/src/writes/history.ts';
import { LayeredObject } from '../packages/core/src/writes/layered-object.ts';
import { stepsOf } from '../packages/core/src/writes/path.ts';
import { strayElements } from '../packages/core/src/writes/stray-elements.ts';
import { writersAt } from '../packages/core/src/writes/writers-at.ts';
import { sampleCount } from './sample-count.ts';
import { arbitraryLayers, type LayersOfWrites } from './reference-engine/arbitrary-writes.ts';
import { leavesByAddress } from './reference-engine/laws.ts';
import { ReferenceObject } from './reference-engine/reference-object.ts';
import { SAMPLE_KINDS, type SampleKind } from './reference-engine/sample-kinds.ts';
import { treeAt, treeOf } from './reference-engine/tree.ts';
import { isAtOrBelow, sameAddress, structureAt, type Wish } from './reference-engine/wish.ts';

const SETS = sampleCount({ usual: 1_000, soak: 8_000 });
const RUNS = { numRuns: Math.ceil(SETS / SAMPLE_KINDS.length), seed: 20_261_122 };
const timeout = 3_600_000;
const said = { leaves: 0, sets: 0 };

/** What a leaf stands on, by the reference engine: the wishes for it that its last layer left standing. */
function decidingWishes(reference: ReferenceObject, leaf: readonly string[]): readonly Wish[] {
  const concerning = reference.lower.filter((wish) => concerns(wish, leaf, reference));
  const layers = ['component', 'trait', 'scope'] as const;
  return (
    layers
      .map((layer) => concerning.filter(({ write }) => write.writer.layer === layer))
      .findLast((wishes) => wishes.length > 0) ?? []
  );
}

function concerns({ address, wants, value }: Wish, leaf: readonly string[], { structure }: ReferenceObject) {
  if (!isAtOrBelow(leaf, address)) return false;
  if (sameAddress(leaf, address) || wants === 'absent' || wants === 'delegated') return true;
  if (wants !== 'exact') return false;
  const here = structureAt(structure, address);
  return treeAt(treeOf(value ?? null, here), leaf.slice(address.length)) !== undefined;
}

/** The same place with elements of lists by their index. */
function indexed(value: JsonValue | undefined, steps: readonly string[], sample: SampleKind): string[] {
  let at = value;
  return steps.map((step, depth) => {
    const structure = structureAt(structureOf(sample.apiVersion, sample.kind), steps.slice(0, depth));
    const key = Array.isArray(at) && structure !== undefined ? elementIndex(at, step, structure) : step;
    at = (at as Record<string, JsonValue> | undefined)?.[key];
    return key;
  });
}

function elementIndex(
  list: readonly JsonValue[],
  step: string,
  structure: NonNullable<ReturnType<typeof structureAt>>,
): string {
  const alone = (element: JsonValue) => treeAt(treeOf([element], structure), [step]) !== undefined;
  return String(list.findIndex(alone));
}

function bothOf({ apiVersion, kind }: SampleKind, layers: LayersOfWrites) {
  const object = new LayeredObject({ apiVersion, kind, name: 'web' });
  const reference = new ReferenceObject(structureOf(apiVersion, kind));
  for (const writes of layers) {
    object.apply(writes, () => {});
    reference.apply(writes);
  }
  return { object, reference };
}

/** Lists with elements that share a key have no addresses to speak of. */
function hasAddresses({ value, structure }: LayeredObject): boolean {
  return value !== undefined && strayElements(value, structure).length === 0;
}

describe.each(SAMPLE_KINDS)('the history of a $kind', (sample) => {
  const structure = structureOf(sample.apiVersion, sample.kind);

  test('has every leaf of it, decided by the writes that the reference engine names', { timeout }, () => {
    const compare = (sets: LayersOfWrites) => {
      const { object, reference } = bothOf(sample, sets);
      const { value } = object;
      fc.pre(value !== undefined && hasAddresses(object) && !isMisshapen(sets));
      const history = historyOf(object);
      const leaves = leavesByAddress(value, structure);
      expect(history.map(({ value: each }) => JSON.stringify(each)).toSorted()).toEqual(
        [...leaves.values()].toSorted(),
      );
      for (const { path, value: leaf, decidedBy, writes } of history) {
        const steps = stepsOf(path);
        expect(writes).toEqual(expect.arrayContaining([...decidedBy]));
        expect([path, leaves.get(steps.join(' '))]).toEqual([path, JSON.stringify(leaf)]);
        // What emptied a map or a list stood below it, where nothing stands any more.
        if (isEmpty(leaf)) continue;
        const wishes = new Set(decidingWishes(reference, steps).map(({ write }) => write));
        expect([path, new Set(decidedBy)]).toEqual([path, wishes]);
        const writers = new Set([...wishes].map(({ writer }) => writer));
        expect([path, new Set(writersAt(object, indexed(value, steps, sample)))]).toEqual([path, writers]);
      }
      said.leaves += history.length;
      said.sets++;
    };
    fc.assert(
      fc.property(arbitraryLayers(sample), (sets) => {
        compare(sets);
      }),
      { ...RUNS, maxSkipsPerRun: 1000 },
    );
  });

  test(
    'replaced by any other value of it becomes that value, with as many writes as differ',
    { timeout },
    () => {
      const values = arbitraryLayers(sample).map((sets) => bothOf(sample, sets).object);
      const compare = (before: LayeredObject, after: LayeredObject) => {
        fc.pre(hasAddresses(before) && hasAddresses(after) && !hasTwoMembers(after.value, structure));
        const operations = differences(before.value, after.value, { steps: [], structure });
        const writer = {
          layer: 'trait',
          definition: 'patch',
          package: 'p',
          path: 'web',
          origin: undefined,
        } as const;
        const object = new LayeredObject(before.identity);
        const findings: string[] = [];
        const report = ({ code, written }: { code: string; written: string }) =>
          void findings.push(`${code} ${written}`);
        const create: Write = {
          writer: { ...writer, layer: 'component' },
          operation: { kind: 'create', value: before.value ?? {}, shared: false },
          options: {},
        };
        object.apply([create], () => {});
        object.apply(
          operations.map((operation) => ({ writer, operation, options: {} })),
          report,
        );
        expect(findings).toEqual([]);
        expect(object.value).toEqual(after.value);
        if (JSON.stringify(before.value) === JSON.stringify(after.value)) expect(operations).toEqual([]);
      };
      fc.assert(
        fc.property(values, values, (before, after) => {
          compare(before, after);
        }),
        { ...RUNS, maxSkipsPerRun: 1000 },
      );
    },
  );
});

function isEmpty(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** Whether two members of a union stand beside each other, which a base may have and one write cannot make. */
function hasTwoMembers(value: JsonValue | undefined, structure: Structure | undefined): boolean {
  if (Array.isArray(value))
    return value.some((element: JsonValue) => hasTwoMembers(element, structure?.element));
  if (typeof value !== 'object' || value === null || structure === undefined) return false;
  const keys = Object.keys(value);
  return (
    structure.unions.some((union) => isTwofold(union, value as JsonObject)) ||
    keys.some((key) => hasTwoMembers((value as JsonObject)[key], structure.field(key)))
  );
}

/** Members beside each other, or one beside the choice of another. */
function isTwofold({ members, discriminator = '', values = [] }: Union, map: JsonObject): boolean {
  const [member, ...others] = members.filter((each) => map[each] !== undefined);
  if (member === undefined || others.length > 0) return others.length > 0;
  const chosen = map[discriminator];
  return chosen !== undefined && chosen !== values[members.indexOf(member)];
}

/** Whether there may be nothing to speak of: a map for a list, a text for a map, or an object that comes back. */
function isMisshapen(layers: LayersOfWrites): boolean {
  const isWithheld = layers
    .flat()
    .some(({ operation: each }) => each.kind === 'delegate' && each.steps.length === 0);
  return isWithheld || /"broken"|"(?:containers|ports|env|volumes)":\{/.test(JSON.stringify(layers.flat()));
}

test('the history of some leaves was compared', () => {
  console.log(`histories: ${said.sets} sets of writes, ${said.leaves} leaves as the reference engine says`);
  expect(said.leaves).toBeGreaterThan(said.sets);
});
