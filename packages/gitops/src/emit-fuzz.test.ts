import type { JsonObject } from '@strake/core';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { misreadings, PARSERS, STRING_PARSERS } from '../../../test/emitter-parsers.ts';
import { around, manifests, texts } from '../../../test/emitter-samples.ts';
import { sampleCount } from '../../../test/sample-count.ts';
import { emit } from './emit.ts';

const seed = 20261122;
const timeout = 3_600_000;

test('every parser reads back any string, as a value, as a key and in lists', { timeout }, () => {
  const numRuns = sampleCount({ usual: 10_000, soak: 300_000 });
  const property = fc.property(texts.map(around), (object) => {
    expect(misreadings(emit(object), object, STRING_PARSERS)).toEqual([]);
  });
  fc.assert(property, { numRuns, seed });
  console.log(`${numRuns} strings read back by ${STRING_PARSERS.size} parsers`);
});

test('every parser reads back any manifest', { timeout }, () => {
  const numRuns = sampleCount({ usual: 2_000, soak: 50_000 });
  const property = fc.property(manifests, (manifest) => {
    expect(misreadings(emit(manifest), manifest, PARSERS)).toEqual([]);
  });
  fc.assert(property, { numRuns, seed });
  console.log(`${numRuns} manifests read back by ${PARSERS.size} parsers`);
});

test('a file ends in one newline', () => {
  const property = fc.property(manifests, (manifest) => {
    expect(emit({ ...manifest, zone: manifest['image'] })).toMatch(/[^\n]\n$/);
  });
  fc.assert(property, { numRuns: sampleCount({ usual: 1_000, soak: 10_000 }), seed });
});

test('the order in which entries were set does not change a byte', () => {
  const property = fc.property(manifests, (manifest) => {
    expect(emit(reversed(manifest))).toBe(emit(manifest));
  });
  fc.assert(property, { numRuns: sampleCount({ usual: 1_000, soak: 10_000 }), seed });
});

function reversed(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).toReversed());
}
