import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { snapshot } from './folders.ts';
import { collectGarbage, peakMemory } from './hostile-memory.ts';
import { configOf, PLACES, type Misplaced } from './hostile-project.ts';
import { hostile } from './hostile-values.ts';
import { runOn, type Said } from './in-process.ts';
import { printCounts, SOAK, times } from './soak.ts';
import { STACK_TRACE } from './strake.ts';

const OWN_FILE =
  /^(?:repository\/(?:environments(?:\/[a-z0-9%_~-]+){2,3}\/(?:[a-z0-9%._~-]+\.yaml|strake\.facts\.json)|\.strake\/[a-z0-9%_~-]+\.json)|project\/strake\.config\.ts)$/;

const misplaced: fc.Arbitrary<readonly Misplaced[]> = fc.array(
  fc.record({ at: fc.constantFrom(...PLACES), value: hostile }),
  { minLength: 1, maxLength: 3 },
);

/** Functions in which values of another type than TypeScript asks for once threw, with how to see it. */
const ONCE_DEFECTS: Readonly<Record<string, Misplaced>> = {
  'inputFiles in load-inputs.ts': { at: ['environmentValue'], value: { kind: 'text', text: 'x' } },
  'inputFolders in platform.ts': { at: ['suppliesValue'], value: { kind: 'made', name: 'hugeNumber' } },
  'Object.get in hidden.ts': { at: ['supply'], value: { kind: 'made', name: 'hugeNumber' } },
  'nearest in nearest.ts': { at: ['connection', 'port'], value: { kind: 'made', name: 'hugeNumber' } },
  'unknownNames in check-config.ts': {
    at: ['platform', 'selector', 'environments'],
    value: { kind: 'text', text: 'x' },
  },
  'declared in connections.ts': { at: ['target'], value: { kind: 'made', name: 'emptyObject' } },
  'escaped in layout.ts': {
    at: ['platform', 'environments', 'staging', 'namespace'],
    value: { kind: 'made', name: 'hugeNumber' },
  },
};

/** What is against the law in what a run has said and done; empty when nothing is. */
function faults({ code, defect, err }: Said, outer: string, milliseconds: number): string[] {
  const files = Object.entries(snapshot(outer)).flatMap(([path, what]) => (what === 'folder' ? [] : [path]));
  return [
    ...(code === undefined ? [`a defect: ${textOf(defect)}`] : []),
    ...(code !== undefined && code !== 0 && code !== 2 ? [`exit code ${code}`] : []),
    ...(code === 2 && !err.includes('  next  ') ? ['failed without a finding'] : []),
    ...(STACK_TRACE.test(err.slice(0, 200_000)) ? [`a stack trace: ${STACK_TRACE.exec(err)?.[0]}`] : []),
    ...(milliseconds > 10_000 ? [`${milliseconds} ms of a processor`] : []),
    ...(err.length > 20_000_000 ? [`${err.length} characters of findings`] : []),
    ...files.filter((path) => !OWN_FILE.test(path)).map((path) => `wrote ${path}`),
    ...(Reflect.has({}, 'polluted') ? ['polluted Object.prototype'] : []),
  ];
}

/** Time of a processor, which other tests on the machine do not take. */
function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function textOf(defect: unknown): string {
  try {
    return defect instanceof Error
      ? `${defect.message}\n${defect.stack?.split('\n').slice(1, 6).join('\n')}`
      : String(defect);
  } catch {
    return 'something that cannot be shown';
  }
}

test('a configuration of anything anywhere gives findings, never a defect, and writes nothing elsewhere', async () => {
  const outer = mkdtempSync(join(tmpdir(), 'strake-laws-'));
  onTestFinished(() => rmSync(outer, { recursive: true, force: true }));
  const project = join(outer, 'project');
  mkdirSync(project);
  const counts = { done: 0, refused: 0, slowest: 0, defects: 0 };
  const runs = times(500, 12_000);
  await fc.assert(
    fc.asyncProperty(misplaced, fc.boolean(), async (values, isJson) => {
      const repository = join(outer, 'repository');
      rmSync(repository, { recursive: true, force: true });
      const start = process.cpuUsage();
      const words = ['synth', '--out', repository, ...(isJson ? ['--json'] : [])];
      const said = await runOn(() => configOf(values), words, project);
      const milliseconds = millisecondsSince(start);
      counts.slowest = Math.max(counts.slowest, milliseconds);
      if ((counts.done + counts.refused) % 100 === 0) collectGarbage();
      if (said.code === 0) counts.done++;
      else if (said.code === 2) counts.refused++;
      else counts.defects++;
      const err = isJson && said.code === 2 ? jsonAsText(said) : said.err;
      const found = faults({ ...said, err }, outer, milliseconds);
      if (found.length > 0) throw new Error(found.join('\n'));
    }),
    { seed: 20251122, numRuns: runs, endOnFailure: !SOAK, includeErrorInReport: true },
  );
  const memory = peakMemory();
  printCounts('fuzzed configurations', {
    configurations: runs,
    places: PLACES.length,
    written: counts.done,
    refused: counts.refused,
    'known defects': counts.defects,
    'ms of a processor at most': Math.round(counts.slowest),
    'MiB at most': Math.round(memory),
  });
  expect(memory).toBeLessThan(1024);
  expect(counts.refused).toBeGreaterThan(runs / 3);
  expect(counts.done).toBeGreaterThan(runs / 50);
});

/** JSON output holds the findings; in text form they are checked alike. */
function jsonAsText({ out }: Said): string {
  const { findings } = JSON.parse(out) as { findings: readonly { fix: string }[] };
  return findings.map(({ fix }) => `  next     ${fix}`).join('\n');
}

test('a text that is spread over the configuration is one fault, however long it is', async () => {
  const outer = mkdtempSync(join(tmpdir(), 'strake-laws-'));
  onTestFinished(() => rmSync(outer, { recursive: true, force: true }));
  const text: Misplaced = { at: ['config'], value: { kind: 'long', character: 'a', length: 85_564 } };
  const noEnvironments: Misplaced = {
    at: ['environmentValue'],
    value: { kind: 'made', name: 'emptyObject' },
  };
  const { code, err } = await runOn(() => configOf([text, noEnvironments]), ['synth', '--stdout'], outer);
  expect(code).toBe(2);
  expect(err).toContain('3 errors');
  expect(err).toContain('is given with entries from `0` to `85563`');
});

test.each(Object.entries(ONCE_DEFECTS))('a value of a wrong type is a finding: %s', async (_, known) => {
  const outer = mkdtempSync(join(tmpdir(), 'strake-laws-'));
  onTestFinished(() => rmSync(outer, { recursive: true, force: true }));
  const project = join(outer, 'project');
  mkdirSync(project);
  const { defect } = await runOn(() => configOf([known]), ['synth', '--stdout'], project);
  expect(defect).toBeUndefined();
});
