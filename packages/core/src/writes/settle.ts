import { isJsonObject, sameJson } from '../json.ts';
import { claimsBelow, claimsWithin, pruneClaims, type Claim, type ClaimNode } from './claim.ts';
import { distinctWriters, valueText, writeProblem, type Place, type Report } from './problem.ts';

/**
 * Leaves at a place only claims that can hold together (design section 4, rules 2 and 3).
 * What it decides depends on which claims there are, never on their order.
 */
export function settle(node: ClaimNode, place: Place, report: Report): void {
  if (node.claims.length === 0 || (node.claims.length === 1 && node.children.size === 0)) return;
  yieldToDelegation(node);
  if (agree(node)) return;
  const all = [...claimsWithin(node)];
  if (all.some(overrides)) pruneClaims(node, overrides);
  if (agree(node)) return;
  report(conflict([...claimsWithin(node)], place));
  pruneClaims(node, () => false);
}

/** Leaves of several members of a union only those that override; reports when that decides nothing. */
export function settleUnion(members: readonly ClaimNode[], place: Place, report: Report): void {
  const named = () => members.filter((member) => [...claimsWithin(member)].some(isPositive));
  if (named().length < 2) return;
  if (named().some((member) => [...claimsWithin(member)].some(overrides))) {
    for (const member of members) pruneClaims(member, overrides);
  }
  if (named().length < 2) return;
  report(conflict(named().flatMap((member) => [...claimsWithin(member)]), place));
  for (const member of members) pruneClaims(member, () => false);
}

/** Whether a claim wants something to be there. */
export function isPositive({ kind }: Claim): boolean {
  return kind === 'exact' || kind === 'items' || kind === 'map';
}

function overrides({ write }: Claim): boolean {
  return write.options.override === true;
}

/** A delegation beats every other write of its own layer to that field. */
function yieldToDelegation(node: ClaimNode): void {
  if (node.claims.some(({ kind }) => kind === 'delegated')) {
    pruneClaims(node, (claim) => claim.kind === 'delegated' && node.claims.includes(claim));
  }
}

function agree(node: ClaimNode): boolean {
  const [first, ...others] = node.claims;
  if (first === undefined) return true;
  const below = [...claimsBelow(node)];
  if (isOneWriter([first, ...others, ...below])) return true;
  switch (first.kind) {
    case 'exact':
      return (
        others.every((other) => other.kind === 'exact' && sameJson(other.value, first.value)) &&
        below.every(({ kind }) => kind === 'delegated')
      );
    case 'absent':
      return [...others, ...below].every(({ kind }) => kind === 'absent' || kind === 'delegated');
    case 'delegated':
      return others.every((other) => other.kind === 'delegated' && other.to === first.to);
    case 'items':
    case 'map':
      return others.every(({ kind }) => kind === 'items' || kind === 'map');
  }
}

function isOneWriter([first, ...others]: readonly Claim[]): boolean {
  return others.every(({ write }) => write.writer === first?.write.writer);
}

function conflict(claims: readonly Claim[], place: Place) {
  const writers = distinctWriters(claims.map(({ write }) => write));
  const said = writers.map((writer) => {
    const values = claims.filter(({ write }) => write.writer === writer).map((claim) => claimText(claim, place));
    return `\`${writer.definition}\` (${writer.package}) ${[...new Set(values)].join(', ')}`;
  });
  return writeProblem(
    'conflict',
    claims.map(({ write }) => write),
    place,
    {
      written: said.join(' and '),
      allowed: 'one definition of a layer decides a field, or all write the same value',
      fix: 'Detach one of them, or give both the same value.',
    },
  );
}

function claimText(claim: Claim, { steps }: Place): string {
  switch (claim.kind) {
    case 'exact':
      return `writes ${isJsonObject(claim.value) ? 'a map' : valueText(claim.value, steps)}`;
    case 'items':
      return `appends ${valueText(claim.values, steps)}`;
    case 'map':
      return 'writes a map';
    case 'absent':
      return 'removes it';
    case 'delegated':
      return `delegates it to ${claim.to}`;
  }
}
