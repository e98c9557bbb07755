import { write } from '@strake/gitops';
import { refuseErrors, strakePlan } from '../strake-plan.js';
import { run as synth } from './strake.js';

export function prepare(options) {
  synth(options);
}

/** Strake over its own output: everything is read and compared, nothing is written. */
export function run({ applications, environments, out }) {
  const { changes, findings } = write(strakePlan(applications, environments), out);
  refuseErrors(findings);
  if (changes.some(({ change }) => change !== 'unchanged')) throw new Error('the re-synth changed something');
}
