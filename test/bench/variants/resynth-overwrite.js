import { renameSync, writeFileSync } from 'node:fs';
import { strakePlan } from '../strake-plan.js';
import { run as synth } from './strake.js';

export function prepare(options) {
  synth(options);
}

/** The same plan by a writer that compares nothing: every file is created under a temporary name and renamed. */
export function run({ applications, environments, out }) {
  for (const { path, contents } of strakePlan(applications, environments).files) {
    writeFileSync(`${out}/${path}.new`, contents, { flag: 'wx' });
    renameSync(`${out}/${path}.new`, `${out}/${path}`);
  }
}
