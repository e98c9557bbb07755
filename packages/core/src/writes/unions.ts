import type { JsonObject } from '../json.ts';
import type { Union } from '../kubernetes/unions.ts';
import { isPositive, overrides, type Claim, type ClaimNode } from './claim.ts';
import { conflict } from './conflict.ts';
import type { ObjectIdentity, Report } from './problem.ts';

/** The places at which one layer asks for one member of a union. */
type Party = readonly ClaimNode[];

/** The parties by member; undefined asks for none of them. */
type Parties = ReadonlyMap<string | undefined, Party>;

/** Leaves standing what asks for one member of a union, and reports when writers of a layer ask for several. */
export function settleUnion(union: Union, node: ClaimNode, object: ObjectIdentity, report: Report): void {
  const parties = [...partiesOf(union, node).values()];
  if (parties.length < 2) return;
  const against = (party: Party) => parties.filter((each) => each !== party).flatMap(claimsFor);
  for (const party of parties) {
    const above = against(party).filter(overrides);
    beat(
      party,
      (claim) => isPositive(claim) && !overrides(claim) && above.some((each) => isByOther(each, claim)),
    );
  }
  const rivals = parties.flatMap((party) => {
    const others = against(party);
    return claimsFor(party).filter((claim) => others.some((each) => isByOther(each, claim)));
  });
  if (rivals.length === 0) return;
  report(conflict(rivals, { object, steps: node.steps }));
  for (const party of parties) beat(party, () => true);
}

/**
 * Claims what follows from asking for a member of a union: the members that a lower layer left are absent, and the
 * discriminator that it left changes to the new member.
 */
export function claimUnion(union: Union, node: ClaimNode, map: JsonObject): void {
  const parties = partiesOf(union, node);
  if (parties.size === 0) return;
  const isOpen = (field: string) => map[field] !== undefined && !node.known(field)?.claims.length;
  const left = union.members.filter((member) => !parties.has(member) && isOpen(member));
  const choice = choiceOf(union, parties);
  const changes =
    choice !== undefined && isOpen(choice.discriminator) && map[choice.discriminator] !== choice.value;
  if (left.length === 0 && !changes) return;
  const claims = [...parties.values()].flatMap(claimsFor);
  const write = (claims.find((claim) => claim.write.options.locked === true) ?? claims[0])?.write;
  if (write === undefined) return;
  for (const member of left) node.child(member).add({ write, kind: 'absent' });
  if (changes) node.child(choice.discriminator).add({ write, kind: 'exact', value: choice.value });
}

/** The discriminator's value for the member that is asked for. */
function choiceOf({ members, discriminator, values }: Union, parties: Parties) {
  const value = values?.[members.findIndex((member) => parties.has(member))];
  return discriminator === undefined || value === undefined ? undefined : { discriminator, value };
}

/** Who asks for which member. A discriminator may ask for none of them, and so against all. */
function partiesOf({ members, discriminator = '', values = [] }: Union, node: ClaimNode): Parties {
  const parties = new Map<string | undefined, Party>();
  for (const [step, child] of node.children ?? []) {
    if (members.includes(step) && child.some(isPositive)) parties.set(step, [child]);
  }
  const chooser = node.children?.get(discriminator);
  const choice = chooser?.claims.find(({ kind }) => kind === 'exact');
  if (chooser === undefined || choice?.kind !== 'exact') return parties;
  const member = members[values.findIndex((value) => value === choice.value)];
  return parties.set(member, [...(parties.get(member) ?? []), chooser]);
}

function claimsFor(party: Party): Claim[] {
  return party.flatMap((node) => node.within().filter(isPositive));
}

function beat(party: Party, loses: (claim: Claim) => boolean): void {
  for (const node of party) node.beatWithin(loses);
}

function isByOther(left: Claim, right: Claim): boolean {
  return left.write.writer !== right.write.writer;
}
