import { defineComponent, Mountable, propertiesOf, type JsonObject } from '@strake/core';
import * as z from 'zod';
import { adoptObjectSchema, nameOfAdopted, type AdoptObjectProperties } from './adopt.ts';
import { adoptedLabels } from './adopted-labels.ts';
import { dataKey } from './data-key.ts';
import type { EnvValue } from './env.ts';
import { reportUnknownKey } from './unknown-key.ts';

export interface ConfigProperties {
  /** Texts by key: the name of a variable, or of a file where the config is mounted. */
  readonly data: Readonly<Record<string, string>>;
  /**
   * What a ConfigMap that exists already keeps.
   * @default - it is a new one
   */
  readonly adopt?: AdoptObjectProperties;
}

/**
 * Configuration that is no secret: a ConfigMap.
 *
 * @example
 * new Config(this, 'settings', { data: { LOG_LEVEL: 'info', 'features.yaml': 'checkout: true' } })
 */
export class Config extends defineComponent({
  name: 'config',
  package: '@strake/components',
  summary: 'Configuration that is no secret: a ConfigMap.',
  properties: propertiesOf<ConfigProperties>()({
    data: z.record(dataKey, z.string()).readonly(),
    adopt: adoptObjectSchema,
  }),
  offers: [Mountable],
  nameOf: nameOfAdopted,
  build(component, { data, adopt }) {
    component.object({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: component.name, labels: adoptedLabels(component, adopt) },
      data,
    });
    return { mountable: { volume: { configMap: { name: component.name } }, keys: Object.keys(data) } };
  },
}) {
  /** The text under a key, as the value of an environment variable. */
  key(key: string): EnvValue {
    reportUnknownKey(this, { key, property: 'data', callee: this.key });
    return { valueFrom: { configMapKeyRef: { name: this.name, key } } };
  }

  /** All keys as environment variables: `envFrom: [settings]`. */
  get envFrom(): JsonObject {
    return { configMapRef: { name: this.name } };
  }
}
