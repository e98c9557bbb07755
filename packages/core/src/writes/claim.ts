import type { JsonValue } from '../json.ts';
import type { Structure } from '../kubernetes/structure.ts';
import { fullStep, structureBelow } from './value-at.ts';
import type { Write } from './write.ts';

/** What one write wants at one place of an object. */
export type Claim = { readonly write: Write } & (
  | {
      readonly kind: 'exact';
      readonly value: JsonValue;
      /** It may stand only where nothing else stood: a merge replaces nothing. */
      readonly fills?: boolean;
    }
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
  /** How many steps lead here from the object. */
  readonly depth: number;
  /** Claims that stand, in the order of their writes. */
  claims: readonly Claim[] = NONE;
  /** Claims that lost to others of their layer. */
  beaten: readonly Claim[] = NONE;
  children: Map<string, ClaimNode> | undefined;

  constructor(structure: Structure | undefined, parent?: ClaimNode, step = '') {
    this.structure = structure;
    this.parent = parent;
    this.step = step;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
  }

  /** The steps that lead here from the object. */
  get steps(): readonly string[] {
    return this.parent === undefined ? [] : [...this.parent.steps, this.step];
  }

  /** The place one step below, when something was claimed there. */
  known(step: string): ClaimNode | undefined {
    return this.children?.get(fullStep(this.structure, step));
  }

  /** The place one step below; made when there is none yet. */
  child(step: string): ClaimNode {
    const known = this.known(step);
    if (known !== undefined) return known;
    const full = fullStep(this.structure, step);
    const child = new ClaimNode(structureBelow(this.structure, step), this, full);
    this.children ??= new Map();
    this.children.set(full, child);
    return child;
  }

  /** Adds a claim. One of a whole place replaces what its writer claimed there and below before. */
  add(claim: Claim): void {
    if (this.claims.length > 0 || this.children !== undefined) this.replace(claim);
    this.claims = this.claims.length === 0 ? [claim] : [...this.claims, claim];
  }

  replace({ kind, write: { writer } }: Claim): void {
    if (kind === 'items' || kind === 'map') return;
    const delegates = kind === 'delegated';
    const isOwn = ({ kind, write }: Claim) => write.writer === writer && (kind === 'delegated') === delegates;
    if (delegates) this.beat(isOwn);
    else this.beatWithin(isOwn);
  }

  /** Takes the claims here for which `loses` holds out of those that stand. */
  beat(loses: (claim: Claim) => boolean): void {
    const lost = this.claims.filter(loses);
    if (lost.length === 0) return;
    this.beaten = [...this.beaten, ...lost];
    this.claims = this.claims.filter((claim) => !lost.includes(claim));
  }

  /** Takes the claims here and below for which `loses` holds out of those that stand. */
  beatWithin(loses: (claim: Claim) => boolean): void {
    this.beat(loses);
    for (const child of this.children?.values() ?? []) child.beatWithin(loses);
  }

  /** Whether one of the standing claims here and below is such a claim. */
  some(isSuch: (claim: Claim) => boolean): boolean {
    if (this.claims.some(isSuch)) return true;
    for (const child of this.children?.values() ?? []) if (child.some(isSuch)) return true;
    return false;
  }

  /** Whether one of the claims here and below is or was such a claim. */
  someEver(isSuch: (claim: Claim) => boolean): boolean {
    if (this.claims.some(isSuch) || this.beaten.some(isSuch)) return true;
    for (const child of this.children?.values() ?? []) if (child.someEver(isSuch)) return true;
    return false;
  }

  /** Every standing claim below. */
  below(): Claim[] {
    const found: Claim[] = [];
    for (const child of this.children?.values() ?? []) found.push(...child.within());
    return found;
  }

  /** Every standing claim here and below. */
  within(): readonly Claim[] {
    return this.children === undefined ? this.claims : [...this.claims, ...this.below()];
  }
}
