import { Claim, defineScope, propertiesOf, type KubernetesObject, type ScopeFactory } from '@strake/core';
import * as z from 'zod';
import { durationSchema, goDuration } from './go-duration.ts';
import { filled, patternSchema } from './pattern.ts';
import { sealedSecrets } from './sealed-secrets.ts';

/** Where values are kept (external-secrets.io: SecretStoreRef). */
export interface SecretStoreReference {
  readonly name: string;
  /**
   * A `SecretStore` must exist in the namespace of every application.
   * @default 'ClusterSecretStore'
   */
  readonly kind?: 'SecretStore' | 'ClusterSecretStore';
}

export interface ExternalSecretsProperties {
  /** Where values are kept. */
  readonly secretStoreRef: SecretStoreReference;
  /**
   * Name of the value's record in the store, with `{environment}`, `{cluster}`, `{tier}`, `{namespace}`, `{application}`,
   * `{claim}` and `{key}`.
   * @default '{environment}/{application}/{claim}'
   */
  readonly remoteKey?: string;
  /**
   * Name of the value within the record, with the same names.
   * @default - `{key}`, or none where `remoteKey` has it
   */
  readonly property?: string;
  /**
   * How often values are read again: `30m`; `0s` reads them once.
   * @default '1h0m0s'
   */
  readonly refreshInterval?: string;
}

const NAMES = ['environment', 'cluster', 'tier', 'namespace', 'application', 'claim', 'key'] as const;

/**
 * Fulfils secret claims with ExternalSecrets of External Secrets Operator: the values stand in a store outside of the
 * cluster, and nothing of them in the repository.
 *
 * @example
 * externalSecrets({ secretStoreRef: { name: 'vault' }, remoteKey: 'kv/{environment}/{application}/{claim}' })
 */
export const externalSecrets: ScopeFactory<ExternalSecretsProperties> = defineScope({
  name: 'external-secrets',
  package: '@strake/scopes',
  summary: 'Fulfils secret claims with ExternalSecrets.',
  supplies: ['secret'],
  properties: propertiesOf<ExternalSecretsProperties>()({
    secretStoreRef: z.strictObject({
      name: z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'the name of a store'),
      kind: z.enum(['SecretStore', 'ClusterSecretStore']).optional(),
    }),
    remoteKey: patternSchema(NAMES).optional(),
    property: patternSchema(NAMES).optional(),
    refreshInterval: durationSchema.optional(),
  }),
  knows: { sealedSecrets },
  application({ components, environment, namespace, application, known, create }, properties) {
    // Two suppliers of one claim are a finding already.
    if (known.sealedSecrets !== undefined) return;
    const { name: deployed, cluster, tier } = environment;
    for (const component of components) {
      const claim = Claim.tryOf(component);
      if (claim?.kind !== 'secret') continue;
      const values = { environment: deployed, cluster, tier, namespace, application, claim: claim.name };
      create(externalSecret({ ...claim, labels: component.labels }, values, properties));
    }
  },
});

/** Without a template the Secret would get the labels and annotations of the ExternalSecret, an agent's among them. */
function externalSecret(
  claim: {
    readonly name: string;
    readonly keys: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
  },
  values: Readonly<Record<string, string>>,
  { secretStoreRef, refreshInterval = '1h', ...patterns }: ExternalSecretsProperties,
): KubernetesObject {
  const { remoteKey = '{environment}/{application}/{claim}' } = patterns;
  const { property = remoteKey.includes('{key}') ? undefined : '{key}' } = patterns;
  const { name, keys, labels } = claim;
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, labels },
    spec: {
      refreshInterval: goDuration(refreshInterval),
      secretStoreRef: { name: secretStoreRef.name, kind: secretStoreRef.kind ?? 'ClusterSecretStore' },
      target: {
        name,
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        template: { type: 'Opaque', engineVersion: 'v2', mergePolicy: 'Replace', metadata: { labels } },
      },
      data: [...new Set(keys)].toSorted().map((key) => ({
        secretKey: key,
        remoteRef: {
          key: filled(remoteKey, { ...values, key }),
          property: property && filled(property, { ...values, key }),
        },
      })),
    },
  };
}
