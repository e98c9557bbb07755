import { mkdirSync } from 'node:fs';
import { applicationName, ENVIRONMENTS } from '../fleet.js';
import { writeTree } from '../tools/kustomize-tree.js';
import { runTool } from '../tools/run-tool.js';

export function prepare(options) {
  writeTree(options);
  mkdirSync(`${options.out}/rendered`);
}

/** One `kubectl kustomize` for every application and environment. */
export function run({ applications, environments, out }) {
  const commands = ENVIRONMENTS.slice(0, environments).flatMap((environment) =>
    Array.from({ length: applications }, (_, index) => {
      const application = applicationName(index);
      const target = `${out}/rendered/${environment}-${application}.yaml`;
      return ['kustomize', `${out}/overlays/${environment}/${application}`, '--output', target];
    }),
  );
  return runTool('kubectl', commands);
}
