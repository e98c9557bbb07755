import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * What is measured. `upTo` caps the applications of a slow variant; `only` is the one size of a variant that is not
 * about size; `disk` puts its output on a real disk instead of memory; a `command` is run as it is.
 */
export const VARIANTS = [
  { name: 'floor' },
  { name: 'floor-plain' },
  { name: 'strake' },
  { name: 'strake+checks' },
  { name: 'yaml' },
  { name: 'cdk8s-l1', upTo: 1000 },
  { name: 'cdk8s-plus', upTo: 1000 },
  { name: 'helm-each', upTo: 100 },
  { name: 'helm-one', upTo: 100 },
  { name: 'kustomize-each', upTo: 100 },
  { name: 'kustomize-one', upTo: 100 },
  { name: 'resynth-unchanged', only: 300, disk: true },
  { name: 'resynth-overwrite', only: 300, disk: true },
  { name: 'node', command: () => ['-e', '0'] },
  { name: 'strake-help', command: () => [path('../../packages/strake/bin/strake.js'), '--help'] },
  { name: 'import-cdk8s', command: () => [path('./import-cdk8s.js')], warm: true },
  { name: 'cart-synth', command: cartSynth, environments: 2, warm: true },
];

function cartSynth(out) {
  const cli = path('../../packages/strake/bin/strake.js');
  return [cli, 'synth', '--config', path('../../examples/cart/strake.config.ts'), '--out', out];
}

/**
 * Ratios of wall time, and what the design wants of them: `at` is the number of applications from which on it wants it.
 * `strake` is Strake without schemas and rules, as the others check nothing either.
 */
export const RATIOS = [
  { name: 'strake/floor', of: 'strake', to: 'floor', at: 3000, atMost: 3 },
  { name: 'strake+checks/floor', of: 'strake+checks', to: 'floor', at: 3000, atMost: 5 },
  { name: 'strake/floor-plain', of: 'strake', to: 'floor-plain' },
  { name: 'strake+checks/floor-plain', of: 'strake+checks', to: 'floor-plain' },
  { name: 'yaml/floor-plain', of: 'yaml', to: 'floor-plain' },
  { name: 'cdk8s-l1/strake', of: 'cdk8s-l1', to: 'strake' },
  { name: 'cdk8s-plus/strake', of: 'cdk8s-plus', to: 'strake', at: 1000, atLeast: 8 },
  { name: 'helm/strake', of: 'helm-each', to: 'strake', at: 100, atLeast: 20 },
  { name: 'helm-one/strake', of: 'helm-one', to: 'strake', at: 100, atLeast: 1 },
  { name: 'kustomize/strake', of: 'kustomize-each', to: 'strake' },
  { name: 'kustomize-one/strake', of: 'kustomize-one', to: 'strake' },
  { name: 'resynth unchanged/overwrite', of: 'resynth-unchanged', to: 'resynth-overwrite', atMost: 0.6 },
  { name: 'strake --help/node', of: 'strake-help', to: 'node', atMost: 1.6 },
  { name: 'cart synth/import cdk8s', of: 'cart-synth', to: 'import-cdk8s', atMost: 2.5 },
];
