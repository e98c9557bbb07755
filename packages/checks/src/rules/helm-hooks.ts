import { defineRule } from '@strake/core';

const HOOK = 'helm.sh/hook';

/** No object waits for a moment that only Helm knows. */
export const noHelmHook = defineRule({
  package: '@strake/checks',
  code: 'no-helm-hook',
  summary: 'no hooks of Helm charts',
  why: 'Helm is not there to run it: Flux applies it as any other object, tests among them, and Argo CD makes a hook of its own of it.',
  fix: 'Render the chart with `--no-hooks`, or waive the rule where Argo CD is to run them.',
  severity: 'warning',
  check({ objects }, report) {
    for (const at of objects) {
      const hook = at.metadata.annotations?.[HOOK];
      if (hook !== undefined) report({ at, written: `it is a Helm hook for \`${hook}\`` });
    }
  },
});
