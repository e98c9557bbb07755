import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '@strake/core';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { parse } from 'yaml';

export type Parsers = ReadonlyMap<string, (yaml: string) => unknown>;

export const PARSERS: Parsers = new Map([
  ['yaml as YAML 1.2', (yaml) => parse(yaml)],
  ['yaml as YAML 1.1', (yaml) => parse(yaml, { version: '1.1' })],
  ['js-yaml', (yaml) => load(yaml)],
]);

/** To the letter of YAML 1.1 a number with an exponent needs a decimal point: the last one is for strings only. */
export const STRING_PARSERS: Parsers = new Map([
  ...PARSERS,
  ['js-yaml as YAML 1.1', (yaml) => load(yaml, { schema: YAML11_SCHEMA })],
]);

/** Parsers that read something else than the object from its YAML, each with what it read. */
export function misreadings(yaml: string, object: JsonObject, parsers: Parsers): readonly string[] {
  const expected = plain(object);
  return [...parsers]
    .map(([parser, read]): [string, unknown] => [parser, attempt(() => read(yaml))])
    .filter(([, actual]) => !isDeepStrictEqual(actual, expected))
    .map(([parser, actual]) => `${parser} read ${JSON.stringify(actual)} from\n${yaml}`);
}

/** What is left of an object when its undefined entries and minus zeros are gone. */
export function plain(object: JsonObject): unknown {
  return JSON.parse(JSON.stringify(object));
}

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return String(error);
  }
}
