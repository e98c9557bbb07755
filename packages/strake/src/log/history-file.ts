import { readFileSync, writeFileSync } from 'node:fs';
import { finding, StrakeError, type Finding } from '@strake/core';
import { pathText } from '@strake/core/tools';
import * as z from 'zod';
import { definitionPackages } from '../definition-packages.ts';
import type { LoadedConfig } from '../load-config.ts';
import { naming, type KnownManifests, type KnownWriters } from './known-writers.ts';

const text = z
  .string()
  .max(300)
  .regex(/^[^\p{Cc}\p{Cf}();,]*$/u);
const indices = z.array(z.int().min(0));
const schema = z.strictObject({
  packages: z.array(text).max(500),
  /** Environments whose approval is a pull request. */
  pullRequests: z.array(text).max(1000),
  writers: z.array(
    z.strictObject({
      layer: z.enum(['component', 'trait', 'scope']),
      definition: text,
      package: text,
      at: text.optional(),
    }),
  ),
  objects: z.record(z.string(), z.strictObject({ by: indices, values: z.record(z.string(), indices) })),
});

type History = z.output<typeof schema>;

/** What one run knows of who wrote what, for another that delivers what it has rendered. */
export interface HistoryFile extends KnownWriters {
  /** The packages that the definitions come from. */
  readonly packages: readonly string[];
  /** The environments whose approval is a pull request. */
  readonly pullRequests: readonly string[];
}

/** Writes down who wrote every value of a render, and which environments want a pull request; says why it cannot. */
export function writeHistory(
  { file, shown }: { readonly file: string; readonly shown: string },
  known: KnownManifests,
  { config, directory }: LoadedConfig,
): Finding[] {
  const named = naming(directory);
  const writers: History['writers'] = [];
  const places = new Map<object, number>();
  const indexOf = (writer: Parameters<typeof named>[0]): number => {
    const name = named(writer);
    const place = places.get(name) ?? writers.push({ ...name }) - 1;
    places.set(name, place);
    return place;
  };
  const objects: History['objects'] = {};
  for (const [key, { writer, history }] of known) {
    const leaves = history?.() ?? [];
    objects[key] = {
      by: writer === undefined ? [] : [indexOf(writer)],
      values: Object.fromEntries(
        leaves.map(({ path, decidedBy }) => [
          path,
          [...new Set(decidedBy.map((each) => indexOf(each.writer)))],
        ]),
      ),
    };
  }
  const pullRequests = (config.platform?.environments ?? [])
    .filter(({ approval }) => approval === 'pull-request')
    .map(({ name }) => name);
  const packages = [...definitionPackages(directory)];
  const contents: History = { packages, pullRequests, writers, objects };
  try {
    writeFileSync(file, `${JSON.stringify(contents)}\n`);
    return [];
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    const written = `\`${shown}\`, which the system does not let Strake write (${String(error.code)})`;
    const allowed = 'a file in a folder that exists';
    const fix = 'Make that folder, or name another file.';
    return [finding({ code: 'property-invalid', path: '--history', written, allowed, fix })];
  }
}

/** Reads what another run has written down. Throws a StrakeError where it is something else. */
export function readHistory(file: string, shown: string): HistoryFile {
  const { packages, pullRequests, writers, objects } = parsed(file, shown);
  const named = (places: readonly number[]) => places.flatMap((place) => writers[place] ?? []);
  const objectOf = (key: string) => (Object.hasOwn(objects, key) ? objects[key] : undefined);
  return {
    packages,
    pullRequests,
    creators: (key) => named(objectOf(key)?.by ?? []),
    writers: (key, { steps, after }) => {
      const path = pathText(steps);
      const below = Object.entries(objectOf(key)?.values ?? {}).filter(
        ([each]) => each === path || each.startsWith(`${path}.`) || each.startsWith(`${path}[`),
      );
      return after === undefined ? [] : named([...new Set(below.flatMap(([, places]) => places))]);
    },
  };
}

function parsed(file: string, shown: string): History {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const written = 'no file that `strake synth --history` has written';
    const allowed = 'the history of the render that is delivered';
    const fix = 'Write it with --history when the project is rendered.';
    throw new StrakeError([finding({ code: 'input-invalid', path: shown, written, allowed, fix })], {
      cause: error,
    });
  }
}
