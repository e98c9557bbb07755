import { sameJson } from '../json.ts';
import { isPositive, overrides, type Claim, type ClaimNode } from './claim.ts';
import { conflict } from './conflict.ts';
import type { ObjectIdentity, Report } from './problem.ts';
import { settleUnion } from './unions.ts';
import type { Write } from './write.ts';

/**
 * Leaves standing only those claims of one layer that hold together (docs/decisions/0003): delegations
 * first, then what overrides, then what nobody of the layer contradicts. The order of the writes plays no part.
 */
export function settle(
  root: ClaimNode,
  writes: readonly Write[],
  object: ObjectIdentity,
  report: Report,
): void {
  if (writes.some(({ operation }) => operation.kind === 'delegate')) yieldToDelegations(root);
  if (writes.some(({ options }) => options.override === true)) yieldToOverrides(root, []);
  reportConflicts(root, object, report);
}

function yieldToDelegations(node: ClaimNode): void {
  if (node.claims.some(isDelegated)) node.beatWithin((claim) => !isDelegated(claim));
  for (const child of node.children?.values() ?? []) yieldToDelegations(child);
}

/** Takes out what an overriding claim at the same place or `above` contradicts; what refines a part of it may stay. */
function yieldToOverrides(node: ClaimNode, above: readonly Claim[]): void {
  const here = node.claims.filter(overrides);
  node.beat(
    (claim) =>
      !overrides(claim) &&
      (above.some((over) => contradictsBelow(over, claim)) ||
        here.some((over) => contradicts(over, claim)) ||
        (claim.kind === 'items' &&
          node.below().some((over) => overrides(over) && contradictsBelow(claim, over)))),
  );
  for (const child of node.children?.values() ?? []) yieldToOverrides(child, [...above, ...here]);
}

function reportConflicts(node: ClaimNode, object: ObjectIdentity, report: Report): void {
  const isContested = node.claims.length > 1 || (node.claims.length === 1 && node.children !== undefined);
  const rivals = isContested ? rivalsAt(node) : [];
  if (rivals.length > 0) {
    report(conflict(rivals, { object, steps: node.steps }));
    node.beatWithin(() => true);
    return;
  }
  if (node.children === undefined) return;
  for (const child of node.children.values()) reportConflicts(child, object, report);
  for (const union of node.structure?.unions ?? []) settleUnion(union, node, object, report);
}

/** The claims at a place that contradict each other or claims below, and those. */
function rivalsAt(node: ClaimNode): Claim[] {
  const rivals = new Set<Claim>();
  const below = node.below();
  for (const claim of node.claims) {
    for (const other of node.claims) if (contradicts(claim, other)) rivals.add(claim).add(other);
    for (const lower of below) {
      const isOverridden = overrides(lower) && !overrides(claim);
      if (!isOverridden && contradictsBelow(claim, lower)) rivals.add(claim).add(lower);
    }
  }
  return [...rivals];
}

/** Whether two claims at one place cannot both hold. A writer does not contradict itself. */
function contradicts(left: Claim, right: Claim): boolean {
  if (left.write.writer === right.write.writer) return false;
  if (left.kind === 'exact' && right.kind === 'exact') return !sameJson(left.value, right.value);
  if (left.kind === 'delegated' && right.kind === 'delegated') return left.to !== right.to;
  return left.kind !== right.kind;
}

/** Whether a claim cannot hold together with one further down. */
function contradictsBelow(upper: Claim, lower: Claim): boolean {
  if (upper.write.writer === lower.write.writer) return false;
  switch (upper.kind) {
    case 'exact':
    case 'items':
      return lower.kind !== 'delegated';
    case 'absent':
      return isPositive(lower);
    case 'delegated':
      return lower.kind === 'delegated' && lower.to !== upper.to;
    case 'map':
      return false;
  }
}

function isDelegated({ kind }: Claim): boolean {
  return kind === 'delegated';
}
