import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { envFromSchema, type EnvFromProperties } from './env-from.ts';
import { plaintextSecrets, variablesOf, variablesSchema, type EnvValueProperties } from './env-value.ts';
import { hasEntry } from './has-entry.ts';

export interface EnvProperties {
  /**
   * Variables by name; they replace those of the component that have the same name.
   * @default - none
   */
  readonly variables?: Readonly<Record<string, EnvValueProperties>>;
  /**
   * Objects whose keys are variables. Variables that are named one by one win over them.
   * @default - none
   */
  readonly from?: readonly EnvFromProperties[];
  /**
   * Names of variables that the component gives and the container does not get.
   * @default - none
   */
  readonly unset?: readonly string[];
}

/**
 * Gives a component's container environment variables (Kubernetes API: EnvVar, EnvFromSource).
 *
 * @example
 * env({ variables: { LOG_LEVEL: 'debug' } })
 */
export const env: TraitFactory<EnvProperties, 'pods'> = defineTrait({
  name: 'env',
  package: '@strake/traits',
  summary: "Gives a component's container environment variables.",
  properties: propertiesOf<EnvProperties>()({
    variables: variablesSchema.optional(),
    from: envFromSchema.optional(),
    unset: z.array(z.string().min(1)).readonly().optional(),
  })
    .refine(hasEntry, 'at least one of `variables`, `from` and `unset`')
    .refine(({ variables = {}, unset = [] }) => !unset.some((name) => name in variables), {
      path: ['unset'],
      error: 'names that are not in `variables` too',
    }),
  needs: [Pods],
  apply({ edit, report, pods }, { variables = {}, from = [], unset = [] }) {
    const container = edit(pods.workload).at(pods.template).at(['spec', 'containers', pods.container]);
    for (const name of plaintextSecrets(variables)) {
      report({
        code: 'secret-plaintext',
        severity: 'warning',
        written: `the text of the variable \`${name}\`, which everybody sees who sees the repository`,
        allowed: 'a value from a Secret, if it is one',
        fix: `Declare a \`SecretClaim\` and give \`${name}\` the value of its \`key()\`.`,
      });
    }
    if (hasEntry(variables)) container.merge({ env: variablesOf(variables) });
    if (from.length > 0) container.append('envFrom', from);
    for (const name of unset) container.remove(['env', name]);
  },
});
