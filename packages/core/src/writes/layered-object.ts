import { copyJson, isJsonArray, isJsonObject, type JsonValue, type MutableJsonObject } from '../json.ts';
import { elementKey, structureOf, type Structure } from '../kubernetes/structure.ts';
import { claimNode, claimsBelow, pruneClaims, type Claim, type ClaimNode } from './claim.ts';
import { addClaims } from './claims-of.ts';
import { placeText, writeProblem, type ObjectIdentity, type Report } from './problem.ts';
import { isPositive } from './settle.ts';
import { resolve } from './resolve.ts';
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
  readonly delegations: Delegation[] = [];
  /** The claims that each finished layer left standing, lowest layer first. */
  readonly layers: ClaimNode[] = [];
  /** The writes that made it; more than one is a finding. */
  readonly creations: Write[] = [];
  value: MutableJsonObject | undefined;

  constructor(identity: ObjectIdentity) {
    this.identity = identity;
    this.structure = structureOf(identity.apiVersion, identity.kind);
  }

  /** Applies all writes of one layer, whatever their order. */
  apply(writes: readonly Write[], report: Report): void {
    const root = claimNode();
    for (const write of writes) {
      addClaims(root, this.structure, { write, object: this.identity, report });
    }
    if (this.delegations.length > 0) this.guardDelegations(root, report);
    const value = resolve({ node: root, structure: this.structure, steps: [] }, this.value, {
      object: this.identity,
      report,
      delegate: (steps, to, write) => this.delegations.push({ steps, to, write }),
      lowerWrites: (steps) => this.writesAt(steps),
    });
    this.layers.push(root);
    this.value = isJsonObject(value) ? { ...value } : undefined;
  }

  /** The writes that decided what stands at a place, lowest layer first. */
  writesAt(steps: readonly string[]): Write[] {
    return this.layers.flatMap((root) => claimsAlong(root, steps).map(({ write }) => write));
  }

  /** What stands at a place now, as a copy. */
  read(steps: readonly string[]): JsonValue | undefined {
    const value = steps.reduce<{ value: JsonValue | undefined; structure: Structure | undefined }>(
      ({ value: at, structure }, step) => ({
        value: entryOf(at, step, structure),
        structure: structure?.list === 'map' ? structure.element : structure?.field(step),
      }),
      { value: this.value, structure: this.structure },
    ).value;
    return value === undefined ? undefined : copyJson(value);
  }

  /** A field that a lower layer delegated takes no write, unless the write overrides. */
  guardDelegations(root: ClaimNode, report: Report): void {
    for (const delegation of [...this.delegations]) {
      const claims = claimsAlong(root, delegation.steps).filter(isPositive);
      if (claims.length === 0) continue;
      if (claims.some(({ write }) => write.options.override === true)) {
        this.delegations.splice(this.delegations.indexOf(delegation), 1);
        continue;
      }
      report(delegatedFinding(this.identity, delegation, claims));
      pruneClaims(root, (claim) => !claims.includes(claim));
    }
  }
}

/** The claims on the way to a place, on it, and below it. */
function claimsAlong(root: ClaimNode, steps: readonly string[]): Claim[] {
  const found: Claim[] = root.claims.filter(({ kind }) => kind !== 'map');
  let node: ClaimNode | undefined = root;
  for (const step of steps) {
    node = node.children.get(step);
    if (node === undefined) return found;
    found.push(...node.claims.filter((claim) => claim.kind !== 'map'));
  }
  return [...found, ...claimsBelow(node)];
}

function entryOf(value: JsonValue | undefined, step: string, structure: Structure | undefined): JsonValue | undefined {
  if (!isJsonArray(value)) return isJsonObject(value) ? value[step] : undefined;
  const keys = structure?.keys ?? [];
  return value.find((element) => isJsonObject(element) && elementKey(element, keys) === step);
}

function delegatedFinding(object: ObjectIdentity, { steps, to, write }: Delegation, claims: readonly Claim[]) {
  const writers = claims.map((claim) => claim.write);
  return writeProblem('delegated', [...writers, write], { object, steps }, {
    written: `\`${writers[0]?.writer.definition}\` writes it`,
    allowed: `\`${write.writer.definition}\` left it to ${to}, which decides it at run time`,
    fix: `Remove the write, or detach \`${write.writer.definition}\`; ${placeText({ object, steps })} has one owner.`,
  });
}
