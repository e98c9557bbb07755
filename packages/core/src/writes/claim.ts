import type { JsonValue } from '../json.ts';
import type { Structure } from '../kubernetes/structure.ts';
import { fullStep, structureBelow } from './value-at.ts';
import type { Write } from './write.ts';

/** What one write wants at one place of an object. */
export type Claim = { readonly write: Write } & (
  | { readonly kind: 'exact'; readonly value: JsonValue }
  | { readonly kind: 'map' }
  | { readonly kind: 'items'; readonly values: readonly JsonValue[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'delegated'; readonly to: string }
);

/** Whether a claim wants something to be there. */
export function isPositive({ kind }: Claim): boolean {
  return kind === 'exact' || kind === 'items' || kind === 'map';
}

/** Whether a claim stands above those of its layer that do not override. */
export function overrides({ write }: Claim): boolean {
  return write.options.override === true;
}

const NONE: readonly Claim[] = [];

/** One place of an object, with what the writes of one layer claim there and below. */
export class ClaimNode {
  readonly structure: Structure | undefined;
  readonly parent: ClaimNode | undefined;
  /** The step that leads here from the parent. */
  readonly step: string;
  /** Claims that stand, in the order of their writes. */
  claims: readonly Claim[] = NONE;
  /** Claims that lost to others of their layer. */
  beaten: readonly Claim[] = NONE;
  children: Map<string, ClaimNode> | undefined;

  constructor(structure: Structure | undefined, parent?: ClaimNode, step = '') {
    this.structure = structure;
    this.parent = parent;
    this.step = step;
  }

  /** The steps that lead here from the object. */
  get steps(): readonly string[] {
    return this.parent === undefined ? [] : [...this.parent.steps, this.step];
  }

  /** The place one step below; made when there is none yet. */
  child(step: string): ClaimNode {
    const full = fullStep(this.structure, step);
    const known = this.children?.get(full);
    if (known !== undefined) return known;
    const child = new ClaimNode(structureBelow(this.structure, step), this, full);
    this.children ??= new Map();
    this.children.set(full, child);
    return child;
  }

  /** Adds a claim. What its own writer claimed here and below before, a claim of the whole place replaces. */
  add(claim: Claim): void {
    const { writer } = claim.write;
    if (claim.kind === 'delegated') this.drop((each) => each.write.writer === writer && each.kind === 'delegated');
    if (claim.kind === 'exact' || claim.kind === 'absent') this.withdraw(writer);
    this.claims = this.claims.length === 0 ? [claim] : [...this.claims, claim];
  }

  /** Every standing claim below. */
  below(): Claim[] {
    return this.children === undefined ? [] : [...this.children.values()].flatMap((child) => child.within());
  }

  /** Every standing claim here and below. */
  within(): Claim[] {
    return [...this.claims, ...this.below()];
  }
}
