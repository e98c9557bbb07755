import type { Claim, ClaimNode } from './claim.ts';
import { valueAt } from './value-at.ts';

/** The claims of one layer that decided over a place: on the way to it, and on it. */
export interface ClaimsAt {
  readonly standing: readonly Claim[];
  readonly beaten: readonly Claim[];
  /** The place itself; none when no claim was made there or below. */
  readonly node: ClaimNode | undefined;
}

/** What one layer claimed of a place. A value set above it counts when it holds something there. */
export function claimsAt(root: ClaimNode, steps: readonly string[]): ClaimsAt {
  const standing: Claim[] = [];
  const beaten: Claim[] = [];
  let node: ClaimNode | undefined = root;
  for (let depth = 0; node !== undefined; depth++) {
    const { structure }: ClaimNode = node;
    const rest = steps.slice(depth);
    const concerns = (claim: Claim) => reaches(claim, structure, rest);
    standing.push(...node.claims.filter(concerns));
    beaten.push(...node.beaten.filter(concerns));
    if (rest[0] === undefined) return { standing, beaten, node };
    node = node.known(rest[0]);
  }
  return { standing, beaten, node };
}

function reaches(claim: Claim, structure: ClaimNode['structure'], rest: readonly string[]): boolean {
  if (rest.length === 0 || claim.kind === 'absent' || claim.kind === 'delegated') return true;
  return claim.kind === 'exact' && valueAt(claim.value, structure, rest) !== undefined;
}
