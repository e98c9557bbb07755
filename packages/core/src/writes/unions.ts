import type { MutableJsonObject } from '../json.ts';
import type { Union } from '../kubernetes/unions.ts';
import { claimsWithin, type ClaimNode } from './claim.ts';
import type { Resolving, Spot } from './resolve.ts';
import { isPositive, settleUnion } from './settle.ts';

/** Makes way for the one member of a union that a layer names, and reports when it names several. */
export function resolveUnion(union: Union, spot: Spot, map: MutableJsonObject, to: Resolving): void {
  const { children } = spot.node;
  const place = { object: to.object, steps: spot.steps };
  const nodes = union.members.map((member) => children.get(member)).filter((node) => node !== undefined);
  settleUnion(nodes, place, to.report);
  const named = union.members.find((member) => isNamed(children.get(member)));
  const chosen = chosenMember(union, children);
  if (named === undefined && chosen === undefined) return;
  if (named !== undefined && chosen !== undefined && chosen.member !== named) {
    const rivals = [children.get(named), children.get(chosen.discriminator)];
    settleUnion(rivals.filter((node) => node !== undefined), place, to.report);
    return resolveUnion(union, spot, map, to);
  }
  const kept = named ?? chosen?.member;
  for (const member of union.members) if (member !== kept) delete map[member];
  if (named !== undefined && chosen === undefined) followMember(union, named, map);
}

function isNamed(node: ClaimNode | undefined): boolean {
  return node !== undefined && [...claimsWithin(node)].some(isPositive);
}

/** The member that this layer's claim on the discriminator puts in force. */
function chosenMember({ discriminator, values = [], members }: Union, children: ReadonlyMap<string, ClaimNode>) {
  if (discriminator === undefined) return undefined;
  const claim = children.get(discriminator)?.claims.find(({ kind }) => kind === 'exact');
  if (claim?.kind !== 'exact') return undefined;
  const index = values.findIndex((value) => value === claim.value);
  return { discriminator, member: members[index] };
}

/** A discriminator left by a lower layer follows the member that this layer names. */
function followMember({ discriminator, values, members }: Union, named: string, map: MutableJsonObject): void {
  if (discriminator === undefined || values === undefined || map[discriminator] === undefined) return;
  map[discriminator] = values[members.indexOf(named)];
}
