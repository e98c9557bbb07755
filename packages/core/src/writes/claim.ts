import type { JsonValue } from '../json.ts';
import type { Write } from './write.ts';

/** What one write wants at one place of an object. */
export type Claim = { readonly write: Write } & (
  | { readonly kind: 'exact'; readonly value: JsonValue }
  | { readonly kind: 'map' }
  | { readonly kind: 'items'; readonly values: readonly JsonValue[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'delegated'; readonly to: string }
);

/** One place of an object, with the claims on it and on the places below it. */
export interface ClaimNode {
  readonly claims: Claim[];
  readonly children: Map<string, ClaimNode>;
  /** A merge names this list element, so it is made when it is missing. */
  upsert: boolean;
}

export function claimNode(): ClaimNode {
  return { claims: [], children: new Map(), upsert: false };
}

/** The place below `node` by that step; made when there is none yet. */
export function childOf(node: ClaimNode, step: string): ClaimNode {
  const known = node.children.get(step);
  if (known !== undefined) return known;
  const child = claimNode();
  node.children.set(step, child);
  return child;
}

/** Adds a claim. A writer that claims one place twice means the later one; items and maps add up. */
export function addClaim(node: ClaimNode, claim: Claim): void {
  if (claim.kind !== 'items' && claim.kind !== 'map') {
    const earlier = node.claims.findIndex((known) => known.write.writer === claim.write.writer);
    if (earlier >= 0) node.claims.splice(earlier, 1);
  }
  node.claims.push(claim);
}

/** Every claim at a place and below it. */
export function* claimsWithin(node: ClaimNode): Generator<Claim> {
  yield* node.claims;
  yield* claimsBelow(node);
}

/** Every claim below a place. */
export function* claimsBelow(node: ClaimNode): Generator<Claim> {
  for (const child of node.children.values()) yield* claimsWithin(child);
}

/** Takes out the claims for which `keep` says no, at a place and below it. */
export function pruneClaims(node: ClaimNode, keep: (claim: Claim) => boolean): void {
  node.claims.splice(0, node.claims.length, ...node.claims.filter(keep));
  for (const [step, child] of node.children) {
    pruneClaims(child, keep);
    if (child.claims.length === 0 && child.children.size === 0) node.children.delete(step);
  }
}
