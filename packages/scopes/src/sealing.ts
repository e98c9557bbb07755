/** Where a sealed value can be unsealed: under its name and namespace, in its namespace, or in the whole cluster. */
export type SealingScope = 'strict' | 'namespace-wide' | 'cluster-wide';

/** All sealing scopes, the narrowest first. */
export const SEALING_SCOPES = ['strict', 'namespace-wide', 'cluster-wide'] as const;

/** What values are sealed for. */
export interface Sealing {
  /** Name of the Secret. */
  readonly name: string;
  /** Namespace of the Secret. */
  readonly namespace: string;
  readonly scope: SealingScope;
}

export function isWider(scope: SealingScope, than: SealingScope): boolean {
  return SEALING_SCOPES.indexOf(scope) > SEALING_SCOPES.indexOf(than);
}

/** What of a sealing the ciphertext depends on (sealed-secrets, `EncryptionLabel`), in words. */
export function sealingText({ scope, name, namespace }: Sealing): string {
  switch (scope) {
    case 'strict':
      return `for the Secret \`${name}\` in namespace \`${namespace}\``;
    case 'namespace-wide':
      return `for namespace \`${namespace}\``;
    case 'cluster-wide':
      return 'for the whole cluster';
  }
}
