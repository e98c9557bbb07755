// What Strake holds after each step: `node --expose-gc test/bench/memory.js [applications]`. Heap is what is left after
// a full collection; peak is that of the process so far, so it is reached in the step where it grows.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderEach } from '@strake/core';
import { plan, write } from '@strake/gitops';
import { strakeConfig } from './strake-project.js';

const applications = Number(process.argv[2] ?? 3000);
const out = mkdtempSync(join(tmpdir(), 'strake-bench-'));
const kept = {};

report('loaded');
kept.config = strakeConfig(applications, 3);
report('configuration');
for (const _ of rendered()) continue;
report('rendered, nothing kept');
kept.plan = plan('bench', rendered(), { whole: true });
report('planned');
kept.result = write(kept.plan, out);
report('written');
rmSync(out, { recursive: true });

function rendered() {
  return renderEach(kept.config, { inputs: new Map() }, (each) => {
    if (each.severity === 'error') throw new Error(each.code);
  });
}

function report(step) {
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed / 2 ** 20;
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${step.padEnd(24)} heap ${heap.toFixed(0).padStart(4)} MB  peak ${peak.toFixed(0).padStart(4)} MB`,
  );
}
