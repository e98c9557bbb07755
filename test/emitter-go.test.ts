import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '@strake/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Comments, emit } from '../packages/gitops/src/emit.ts';
import { plain } from './emitter-parsers.ts';
import { around, manifests, texts } from './emitter-samples.ts';
import { sampleCount } from './sample-count.ts';

interface Answer {
  readonly read?: unknown;
  readonly readError?: string;
  readonly rewrite?: string;
  readonly rewriteError?: string;
}

const seed = 20261122;
const timeout = 3_600_000;
const BATCH = 5_000;

/** Flux rewrites only the files that have a marker. */
const MARKER: Comments = new Map([['/image', '{"$imagepolicy": "flux-system:web"}']]);

const source = join(import.meta.dirname, 'go-yaml');
const program = buildProgram();

describe.skipIf(program === undefined)('the parsers written in Go', () => {
  test('Kubernetes reads back, and Flux leaves alone, any string', { timeout }, () => {
    const numRuns = sampleCount({ usual: 2_000, soak: 100_000 });
    expect(differences(fc.sample(texts.map(around), { numRuns, seed }))).toEqual([]);
    console.log(`${numRuns} strings read back by sigs.k8s.io/yaml and left alone by kyaml`);
  });

  test('Kubernetes reads back, and Flux leaves alone, any manifest', { timeout }, () => {
    const numRuns = sampleCount({ usual: 1_000, soak: 50_000 });
    expect(differences(fc.sample(manifests, { numRuns, seed }))).toEqual([]);
    console.log(`${numRuns} manifests read back by sigs.k8s.io/yaml and left alone by kyaml`);
  });

  test('Flux leaves alone a block with a list that is indented otherwise', () => {
    const config = 'matches:\n- a\n- b\n';
    const before = { image: 'web:1', metadata: { annotations: { config } }, spec: { args: ['a'] } };
    const after = { image: 'web:1', args: [config, config], spec: { config, list: ['a'] } };
    expect(differences([before, after])).toEqual([]);
  });
});

/** What Kubernetes misreads and what Flux would change, each with the YAML it came from. */
function differences(objects: readonly JsonObject[]): readonly unknown[] {
  const found: unknown[] = [];
  for (let start = 0; start < objects.length; start += BATCH) {
    const batch = objects.slice(start, start + BATCH);
    const documents = batch.map((object) => emit(object, MARKER));
    const answers = ask(documents);
    for (const [index, object] of batch.entries()) {
      const yaml = documents[index];
      const { read, readError, rewrite, rewriteError } = answers[index] ?? {};
      if (!isDeepStrictEqual(read, plain(object))) found.push({ yaml, read: readError ?? read });
      if (rewrite !== yaml) found.push({ yaml, rewrite: rewriteError ?? rewrite });
    }
  }
  return found;
}

function ask(documents: readonly string[]): readonly Answer[] {
  const input = documents.map((document) => `${JSON.stringify(document)}\n`).join('');
  const output = execFileSync(program ?? '', { input, encoding: 'utf8', maxBuffer: 1024 ** 3 });
  return output
    .trimEnd()
    .split('\n')
    .map((line): Answer => JSON.parse(line));
}

/** The built program, or nothing where Go or its modules cannot be had. */
function buildProgram(): string | undefined {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'strake-test');
  const built = join(cache, `go-yaml-${sourceHash()}`);
  if (existsSync(built)) return built;
  const go = (...args: string[]) => execFileSync('go', args, { cwd: source, stdio: 'pipe' });
  try {
    go('version');
    go('mod', 'download');
  } catch (error) {
    console.log(`skipped the tests against Go's parsers: ${String(error)}`);
    return undefined;
  }
  mkdirSync(cache, { recursive: true });
  const unfinished = `${built}.${process.pid}`;
  go('build', '-trimpath', '-o', unfinished, '.');
  renameSync(unfinished, built);
  return built;
}

function sourceHash(): string {
  const hash = createHash('sha256');
  for (const file of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(source, file)));
  return hash.digest('hex').slice(0, 12);
}
