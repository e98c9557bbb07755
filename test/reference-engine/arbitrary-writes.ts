import type { JsonObject, JsonValue, Operation, Write, WriteOptions, Writer } from '@strake/core';
import * as fc from 'fast-check';
import { stepsOf } from '../../packages/core/src/writes/path.ts';
import type { SampleKind } from './sample-kinds.ts';

/** The writes to one object, by layer, lowest first; each layer has several writers. */
export type LayersOfWrites = readonly (readonly Write[])[];

export function arbitraryLayers(kind: SampleKind): fc.Arbitrary<LayersOfWrites> {
  const create = fc
    .constantFrom(...kind.bases)
    .map((value): Operation => ({ kind: 'create', value, shared: false }));
  const component = fc
    .tuple(create, fc.array(arbitraryWriter(kind, 'component', 1), { maxLength: 2 }))
    .map(([operation, others]) => [
      { writer: newWriter('component', 'base'), operation, options: {} },
      ...others.flat(),
    ]);
  return fc.tuple(
    component,
    fc
      .array(arbitraryWriter(kind, 'trait', 3), { minLength: 1, maxLength: 5 })
      .map((writers) => writers.flat()),
    fc.array(arbitraryWriter(kind, 'scope', 3), { maxLength: 4 }).map((writers) => writers.flat()),
  );
}

function arbitraryWriter(kind: SampleKind, layer: Writer['layer'], most: number): fc.Arbitrary<Write[]> {
  const write = fc.tuple(arbitraryOperation(kind), arbitraryOptions(layer));
  return fc.tuple(fc.nat(99), fc.array(write, { minLength: 1, maxLength: most })).map(([id, writes]) => {
    const writer = newWriter(layer, `${layer}-${id}`);
    return writes.map(([operation, options]) => ({
      writer,
      operation,
      options: operation.kind === 'delegate' ? {} : options,
    }));
  });
}

function newWriter(layer: Writer['layer'], definition: string): Writer {
  return { layer, definition, package: '@acme/samples', path: 'shop/web', origin: undefined };
}

function arbitraryOptions(layer: Writer['layer']): fc.Arbitrary<WriteOptions> {
  const override = { weight: 1, arbitrary: fc.constant({ override: true }) };
  const locked = { weight: layer === 'scope' ? 2 : 0, arbitrary: fc.constant({ locked: true }) };
  return fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, override, locked);
}

function arbitraryOperation({ fragments, places, lists }: SampleKind): fc.Arbitrary<Operation> {
  const fragment = fc.constantFrom(...fragments);
  const steps = fc.constantFrom(...places).map(([path]) => stepsOf(path));
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .array(fragment, { minLength: 1, maxLength: 3 })
        .map(merged)
        .map((value): Operation => ({ kind: 'merge', steps: [], value })),
    },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom(...places)
        .chain(([path, values]) =>
          fc
            .constantFrom(...values)
            .map((value): Operation => ({ kind: 'set', steps: stepsOf(path), value })),
        ),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(...places.filter(([, values]) => values.some(isMergeable)))
        .chain(([path, values]) =>
          fc
            .constantFrom(...values.filter(isMergeable))
            .map((value): Operation => ({ kind: 'merge', steps: stepsOf(path), value })),
        ),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom(...lists)
        .chain(([path, values]) =>
          fc
            .subarray([...values], { minLength: 1 })
            .map((some): Operation => ({ kind: 'append', steps: stepsOf(path), values: some })),
        ),
    },
    { weight: 2, arbitrary: steps.map((at): Operation => ({ kind: 'remove', steps: at })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.oneof({ weight: 4, arbitrary: steps }, fc.constant([])), fc.constantFrom('hpa', 'flagger'))
        .map(([at, to]): Operation => ({ kind: 'delegate', steps: at, to })),
    },
  );
}

function merged(values: readonly JsonObject[]): JsonObject {
  return values.reduce<JsonObject>((left, right) => joined(left, right) as JsonObject, {});
}

function joined(left: JsonValue | undefined, right: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right];
  if (!isMap(left) || !isMap(right)) return right ?? left;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...keys].map((key) => [key, joined(left[key], right[key])]));
}

function isMap(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A map without lists: what is refused at once has no part in the positions. */
function isMergeable(value: JsonValue): value is JsonObject {
  return isMap(value) && !JSON.stringify(value).includes('[');
}
