import { Claim, defineComponent, Mountable, propertiesOf, type JsonObject } from '@strake/core';
import * as z from 'zod';
import { dataKey } from './data-key.ts';
import type { EnvValue } from './env.ts';

export interface SecretClaimProperties {
  /** Keys that the Secret must have. */
  readonly keys: readonly string[];
}

/**
 * Claims a Secret, which a scope of the environment supplies. Its values never stand in code.
 *
 * @example
 * new SecretClaim(this, 'database-password', { keys: ['password'] })
 */
export class SecretClaim extends defineComponent({
  name: 'secret-claim',
  package: '@strake/components',
  summary: 'Claims a Secret, which a scope of the environment supplies.',
  properties: propertiesOf<SecretClaimProperties>()({
    keys: z.array(dataKey).min(1).readonly(),
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

  /** All keys as environment variables: `envFrom: [connection]`. */
  get envFrom(): JsonObject {
    return { secretRef: { name: this.name } };
  }
}
