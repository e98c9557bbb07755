import { Claim, Component } from '@strake/core';
import * as z from 'zod';
import { objectName } from './object-name.ts';

/** A key of a Secret: of one that a component claims, or of one that somebody else makes. */
export type SecretKeyProperties =
  | { readonly claim: Component<'claim'>; readonly key: string }
  | { readonly name: string; readonly key: string };

/** The schema of a component that claims a Secret. */
export const claimSchema = z.custom<Component<'claim'>>(
  (value) => Component.isComponent(value) && Claim.tryOf(value)?.kind === 'secret',
  'a component that claims a secret: a `SecretClaim`',
);

const key = z.string().regex(/^[-._a-zA-Z0-9]{1,253}$/, 'a key of letters, digits, `-`, `_` and `.`');

/** The schema of a key of a Secret. A claim has the key, too. */
export const secretKeySchema = z.union([
  z.strictObject({ name: objectName, key }),
  z.strictObject({ claim: claimSchema, key }).refine(({ claim, key }) => claimedKeys(claim).includes(key), {
    path: ['key'],
    error: 'a key that the claim has',
  }),
]);

/** The keys that a component claims. */
export function claimedKeys(claim: Component<'claim'>): readonly string[] {
  return Claim.tryOf(claim)?.keys ?? [];
}

/** A key of a Secret as Kubernetes names it. */
export function secretKeyOf(given: SecretKeyProperties): { readonly name: string; readonly key: string } {
  if (!('claim' in given)) return given;
  return { name: Claim.of(given.claim).name, key: given.key };
}
