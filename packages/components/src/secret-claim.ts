import { Claim, defineComponent, Mountable, propertiesOf } from '@strake/core';
import * as z from 'zod';
import type { EnvValue } from './container.ts';

export interface SecretClaimProperties {
  /** Keys that the Secret must have. */
  readonly keys: readonly string[];
}

/** Claims a Secret, which a scope of the environment supplies. Its values never stand in code. */
export class SecretClaim extends defineComponent({
  name: 'secret-claim',
  package: '@strake/components',
  summary: 'Claims a Secret, which a scope of the environment supplies.',
  properties: propertiesOf<SecretClaimProperties>()({
    keys: z
      .array(z.string().regex(/^[-._a-zA-Z0-9]{1,253}$/, 'a key of letters, digits, `-`, `_` and `.`'))
      .min(1)
      .readonly(),
  }),
  offers: [Claim, Mountable],
  build: ({ name }, { keys }) => ({
    claim: { kind: 'secret', name, keys },
    mountable: { volume: { secret: { secretName: name } } },
  }),
}) {
  /** The value under a key, as the value of an environment variable. */
  key(key: string): EnvValue {
    return { valueFrom: { secretKeyRef: { name: this.name, key } } };
  }
}
