/** Where a sealed value can be unsealed, the narrowest first. */
export const SEALING_SCOPES = ['strict', 'namespace-wide', 'cluster-wide'] as const;

export type SealingScope = (typeof SEALING_SCOPES)[number];

/** What values are sealed for. */
export interface Sealing {
  /** Name of the Secret. */
  readonly name: string;
  /** Namespace of the Secret. */
  readonly namespace: string;
  readonly scope: SealingScope;
}

/** What the controller must know to unseal a value (sealed-secrets, `EncryptionLabel`). */
export function encryptionLabel({ name, namespace, scope }: Sealing): string {
  switch (scope) {
    case 'strict':
      return `${namespace}/${name}`;
    case 'namespace-wide':
      return namespace;
    case 'cluster-wide':
      return '';
  }
}

export function isSealingScope(text: string): text is SealingScope {
  return SEALING_SCOPES.some((each) => each === text);
}

export function isWider(scope: SealingScope, than: SealingScope): boolean {
  return SEALING_SCOPES.indexOf(scope) > SEALING_SCOPES.indexOf(than);
}
