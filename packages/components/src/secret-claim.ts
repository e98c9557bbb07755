import { Claim, defineComponent, Mountable, propertiesOf, type JsonObject } from '@strake/core';
import * as z from 'zod';
import { adoptNameSchema, nameOfAdopted, type AdoptNameProperties } from './adopt.ts';
import { dataKey } from './data-key.ts';
import type { EnvValue } from './env.ts';
import { reportUnknownKey } from './unknown-key.ts';

export interface SecretClaimProperties {
  /** Keys that the Secret must have. */
  readonly keys: readonly string[];
  /**
   * The name of a Secret that exists already, for a scope to supply.
   * @default - it is a new one
   */
  readonly adopt?: AdoptNameProperties;
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
    adopt: adoptNameSchema,
  }),
  offers: [Claim, Mountable],
  nameOf: nameOfAdopted,
  build: ({ name }, { keys }) => ({
    claim: { kind: 'secret', name, keys },
    mountable: { volume: { secret: { secretName: name } }, keys },
  }),
}) {
  /** The value under a key, as the value of an environment variable. */
  key(key: string): EnvValue {
    reportUnknownKey(this, { key, property: 'keys', callee: this.key });
    return { valueFrom: { secretKeyRef: { name: this.name, key } } };
  }

  /** All keys as environment variables: `envFrom: [connection]`. */
  get envFrom(): JsonObject {
    return { secretRef: { name: this.name } };
  }
}
