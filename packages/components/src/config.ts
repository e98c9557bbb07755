import { defineComponent, Mountable, propertiesOf } from '@strake/core';
import * as z from 'zod';
import type { EnvValue } from './container.ts';

export interface ConfigProperties {
  /** Texts by key: the name of a variable, or of a file where the config is mounted. */
  readonly data: Readonly<Record<string, string>>;
}

/** Configuration that is no secret: a ConfigMap. */
export class Config extends defineComponent({
  name: 'config',
  package: '@strake/components',
  summary: 'Configuration that is no secret: a ConfigMap.',
  properties: propertiesOf<ConfigProperties>()({
    data: z
      .record(
        z.string().regex(/^[-._a-zA-Z0-9]{1,253}$/, 'a key of letters, digits, `-`, `_` and `.`'),
        z.string(),
      )
      .readonly(),
  }),
  offers: [Mountable],
  build(component, { data }) {
    component.object({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: component.name }, data });
    return { mountable: { volume: { configMap: { name: component.name } } } };
  },
}) {
  /** The text under a key, as the value of an environment variable. */
  key(key: string): EnvValue {
    return { valueFrom: { configMapKeyRef: { name: this.name, key } } };
  }
}
