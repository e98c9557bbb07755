import type { DeliveryMode, Finding } from '@strake/core';
import type { Change } from '../changes.ts';
import type { PrivateClone } from '../git/private-clone.ts';
import type { FileChanges, RepositoryTree } from '../git/repository-tree.ts';
import { STRAKE } from '../layout.ts';
import { readOwnership } from '../ownership.ts';
import type { Plan } from '../plan.ts';
import { Surroundings } from '../standing.ts';
import { fileChanges, updateOf } from '../update.ts';
import { deliveryParts, type DeliveryPart } from './delivery-parts.ts';

/** A part of a plan, and what it changes in the repository. */
export interface DeliveryStep extends DeliveryPart {
  readonly changes: readonly Change[];
  readonly files: FileChanges;
}

/** What is to be done, and what stands in the way. */
export interface DeliverySteps {
  readonly steps: readonly DeliveryStep[];
  readonly findings: readonly Finding[];
}

export interface StepsInput {
  readonly plan: Plan;
  readonly clone: PrivateClone;
  readonly modeOf: (environment: string) => DeliveryMode;
  readonly isForced: boolean;
}

/**
 * What each part of a plan changes on top of a commit: the pushed parts one after the other, each proposed one after all
 * of those. The rules are those of a write to disk.
 */
export async function deliverySteps(input: StepsInput, tip: string | undefined): Promise<DeliverySteps> {
  const { tree, owned } = await load(input, tip);
  const findings: Finding[] = [];
  const steps: DeliveryStep[] = [];
  let current = tree;
  for (const part of deliveryParts(input.plan, owned, input.modeOf)) {
    const update = updateOf(part.plan, current, input.isForced);
    findings.push(...update.findings);
    const files = fileChanges(part.plan, update);
    steps.push({ ...part, changes: update.changes.changes, files });
    if (part.mode === 'push') current = current.withChanges(files);
  }
  return { steps, findings };
}

/** The files of a commit: with the bytes of all inventories, and of what the project has or wants. */
async function load(
  { clone, plan }: StepsInput,
  tip: string | undefined,
): Promise<{ readonly tree: RepositoryTree; readonly owned: readonly string[] }> {
  const listed = await clone.tree(tip);
  const inventories = [...listed.entries(STRAKE).keys()].filter((name) => name.endsWith('.json'));
  const known = await clone.load(
    listed,
    inventories.map((name) => `${STRAKE}/${name}`),
  );
  const { inventory } = readOwnership(plan.project, known, new Surroundings(known));
  const owned = [...inventory.files.keys(), ...inventory.pending.keys()];
  return { tree: await clone.load(known, [...owned, ...plan.files.map(({ path }) => path)]), owned };
}
