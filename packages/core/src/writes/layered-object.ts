import { writerName } from '../code-name.ts';
import { copyJson, isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { structureOf, type Structure } from '../kubernetes/structure.ts';
import { ClaimNode, isPositive, overrides, type Claim } from './claim.ts';
import { claimsAt } from './claims-at.ts';
import { addClaims } from './claims-of.ts';
import { addCreation } from './creation-claims.ts';
import { distinctWriters, placeText, writeProblem, type ObjectIdentity, type Report } from './problem.ts';
import { resolve } from './resolve.ts';
import { settle } from './settle.ts';
import { strayElements } from './stray-elements.ts';
import { valueAt } from './value-at.ts';
import type { Write } from './write.ts';

/** A field that a controller owns at run time. */
export interface Delegation {
  readonly steps: readonly string[];
  /** The controller. */
  readonly to: string;
  readonly write: Write;
}

/** One object on its way through the layers. */
export class LayeredObject {
  readonly identity: ObjectIdentity;
  readonly structure: Structure;
  /** The claims of each finished layer, lowest layer first. */
  readonly layers: ClaimNode[] = [];
  /** The writes that made it; more than one is a finding. */
  readonly creations: Write[] = [];
  delegations: readonly Delegation[] = [];
  /** What the last finished layer left. */
  value: JsonObject | undefined;
  /** What it was when the whole of it was left to a controller. */
  withheld: JsonObject | undefined;

  constructor(identity: ObjectIdentity) {
    this.identity = identity;
    this.structure = structureOf(identity.apiVersion, identity.kind);
  }

  /** Applies all writes of one layer, whatever their order. */
  apply(writes: readonly Write[], report: Report): void {
    const root = this.claims(writes, report);
    if (this.delegations.length > 0) this.guardDelegations(root, report);
    this.guardWithheld(root, report);
    if (writes.length > 1) settle(root, writes, this.identity, report);
    const value = resolve(root, this.value, {
      object: this.identity,
      report,
      delegate: (steps, to, write) => this.delegate({ steps, to, write }),
      lowerClaims: (steps) => this.layers.flatMap((layer) => claimsAt(layer, steps).standing),
    });
    this.layers.push(root);
    this.value = isJsonObject(value) ? value : undefined;
  }

  /** What stands at a place now, as a copy. */
  read(steps: readonly string[]): JsonValue | undefined {
    const value = valueAt(this.value, this.structure, steps);
    return value === undefined ? undefined : copyJson(value);
  }

  /** What the writes of a layer claim. */
  claims(writes: readonly Write[], report: Report): ClaimNode {
    const root = new ClaimNode(this.structure);
    const made = this.value === undefined ? madeBy(writes, this.structure) : undefined;
    for (const [index, write] of writes.entries()) {
      const claiming = { write, object: this.identity, report };
      if (index > 0 || made === undefined) addClaims(root, claiming);
      else addCreation(root, made, this.touched(writes.slice(1)), claiming);
    }
    return root;
  }

  /** The places that writes claim; undefined where there are no writes. */
  touched(writes: readonly Write[]): ClaimNode | undefined {
    if (writes.length === 0) return undefined;
    const root = new ClaimNode(this.structure);
    for (const write of writes) addClaims(root, { write, object: this.identity, report: () => {} });
    return root;
  }

  /** Leaves a field to a controller; a later layer may name another. */
  delegate(delegation: Delegation): void {
    const path = delegation.steps.join('\0');
    if (delegation.steps.length === 0 && this.value !== undefined) this.withheld = this.value;
    this.delegations = [...this.delegations.filter(({ steps }) => steps.join('\0') !== path), delegation];
  }

  /** A field that a lower layer delegated takes no write, unless the write overrides. */
  guardDelegations(root: ClaimNode, report: Report): void {
    const refused = new Set<Claim>();
    this.delegations = this.delegations.filter((delegation) => {
      const { standing, node } = claimsAt(root, delegation.steps);
      const claims = [...standing, ...(node?.below() ?? [])].filter(isPositive);
      if (claims.some(overrides)) {
        if (delegation.steps.length === 0) this.value = this.withheld;
        return false;
      }
      if (claims.length > 0) report(delegatedFinding(this.identity, delegation, claims));
      for (const claim of claims) refused.add(claim);
      return true;
    });
    root.beatWithin((claim) => refused.has(claim));
  }

  /** An object that its own layer withholds takes no write of others there: nothing of it would be left. */
  guardWithheld(root: ClaimNode, report: Report): void {
    const withholding = root.claims.filter((claim) => claim.kind === 'delegated');
    const [withheld] = withholding;
    if (withheld === undefined) return;
    const writers = new Set(withholding.map(({ write }) => write.writer));
    const claims = root.within().filter((claim) => isPositive(claim) && !writers.has(claim.write.writer));
    if (claims.length === 0) return;
    const { to, write } = withheld;
    report(delegatedFinding(this.identity, { steps: [], to, write }, claims));
  }
}

/** What the first write makes the object of, where its writer does nothing else to it. */
function madeBy([first, ...others]: readonly Write[], structure: Structure): JsonObject | undefined {
  if (first?.operation.kind !== 'create') return undefined;
  if (others.some(({ writer }) => writer === first.writer)) return undefined;
  const { value } = first.operation;
  return strayElements(value, structure).length > 0 ? undefined : value;
}

function delegatedFinding(
  object: ObjectIdentity,
  { steps, to, write }: Delegation,
  claims: readonly Claim[],
) {
  const writes = claims.map((claim) => claim.write);
  const writers = distinctWriters(writes).map(writerName);
  const place = { object, steps };
  return writeProblem('delegated', [...writes, write], place, {
    written: `${writers.join(' and ')} ${writers.length === 1 ? 'writes' : 'write'} it`,
    allowed: `${writerName(write.writer)} left it to ${to}, which decides it at run time`,
    fix: `Remove the write, or detach ${writerName(write.writer)}; ${placeText(place)} has one owner.`,
  });
}
