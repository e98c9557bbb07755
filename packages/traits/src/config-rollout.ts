import {
  defineTrait,
  isJsonArray,
  isJsonObject,
  Pods,
  propertiesOf,
  type JsonValue,
  type TraitFactory,
} from '@strake/core';
import * as z from 'zod';
import { configNames } from './config-names.ts';
import { env } from './env.ts';
import { initContainer } from './init-container.ts';
import { objectName } from './object-name.ts';
import { sha256 } from './sha256.ts';
import { sidecar } from './sidecar.ts';
import { storage } from './storage.ts';

export interface ConfigRolloutProperties {
  /**
   * Names of the ConfigMaps that count: those of the application's own configs.
   * @default - all that the pods use
   */
  readonly configs?: readonly string[];
}

/**
 * Replaces pods when a config that they use changes: an annotation of theirs holds the hash of its content. Secrets do
 * not count, since their values are not known here.
 *
 * @example
 * configRollout()
 */
export const configRollout: TraitFactory<ConfigRolloutProperties, 'pods'> = defineTrait({
  name: 'config-rollout',
  package: '@strake/traits',
  summary: 'Replaces pods when a config that they use changes.',
  properties: propertiesOf<ConfigRolloutProperties>()({
    configs: z.array(objectName).min(1).readonly().optional(),
  }),
  needs: [Pods],
  knows: { env, storage, sidecar, initContainer },
  apply({ edit, report, pods, known }, { configs }) {
    const template = edit(pods.workload).at(pods.template);
    const used = configNames([template.read('spec'), known]);
    for (const name of (configs ?? []).filter((each) => !used.includes(each))) {
      report({
        code: 'reference-unknown',
        written: `\`configs\` of \`configRollout\` names \`${name}\``,
        allowed: used.length === 0 ? 'nothing: the pods use no config' : used.join(', '),
        fix: 'Name a config that the pods use.',
      });
    }
    const contents = (configs ?? used).flatMap((name) => {
      const config = edit({ apiVersion: 'v1', kind: 'ConfigMap', name });
      const content = { data: config.read('data'), binaryData: config.read('binaryData') };
      return config.read() === undefined ? [] : [{ name, ...content }];
    });
    if (contents.length === 0) return report(NO_CONFIG);
    const hash = sha256(JSON.stringify(contents.map((content) => sorted(content))));
    template.merge({ metadata: { annotations: { 'checksum/config': hash } } });
  },
});

const NO_CONFIG = {
  code: 'trait-requires',
  severity: 'warning',
  written: '`configRollout` on pods that use no config of the application',
  allowed: 'a component that mounts a `Config` or reads variables from one',
  fix: 'Mount the config, or detach `configRollout`.',
} as const;

/** The value with the entries of its maps in the order of their keys, whatever order they are written in. */
function sorted(value: JsonValue | undefined): JsonValue {
  if (isJsonArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value ?? null;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return entries
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, entry]) => [key, sorted(entry)]);
}
