import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Finding } from '@strake/core';
import { expect, onTestFinished, test } from 'vitest';
import { runOn } from './in-process.ts';
import { SIZES } from './hostile-sizes.ts';

test.each(Object.entries(SIZES))('findings are short, few and soon there for %s', async (_, make) => {
  const outer = mkdtempSync(join(tmpdir(), 'strake-laws-'));
  onTestFinished(() => rmSync(outer, { recursive: true, force: true }));
  const project = join(outer, 'project');
  mkdirSync(project);
  const start = process.cpuUsage();
  const words = ['synth', '--out', join(outer, 'repository'), '--json'];
  const { code, defect, out } = await runOn(() => make(100_000), words, project);
  const { user, system } = process.cpuUsage(start);
  expect(defect).toBeUndefined();
  expect(code).toBe(2);
  const { findings } = JSON.parse(out) as { findings: readonly Finding[] };
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.length).toBeLessThan(3000);
  expect(Math.max(...findings.map((each) => JSON.stringify(each).length))).toBeLessThan(10_000);
  expect(out.length).toBeLessThan(4_000_000);
  expect((user + system) / 1000).toBeLessThan(10_000);
});
