import { mkdirSync } from 'node:fs';
import { ENVIRONMENTS } from '../fleet.js';
import { writeTree } from '../tools/kustomize-tree.js';
import { runTool } from '../tools/run-tool.js';

export function prepare(options) {
  writeTree(options);
  mkdirSync(`${options.out}/rendered`);
}

/** One `kubectl kustomize` for every environment: kustomize takes an object only once, so not one for all. */
export function run({ environments, out }) {
  return runTool(
    'kubectl',
    ENVIRONMENTS.slice(0, environments).map((environment) => {
      const target = `${out}/rendered/${environment}.yaml`;
      return ['kustomize', `${out}/overlays/${environment}`, '--output', target];
    }),
  );
}
