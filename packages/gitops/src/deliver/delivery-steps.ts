import type { DeliveryMode, Finding } from '@strake/core';
import type { Change } from '../changes.ts';
import type { PrivateClone } from '../git/private-clone.ts';
import type { FileChanges, RepositoryTree } from '../git/repository-tree.ts';
import { emergencyFolder, emergencyPath, placeOf, STRAKE } from '../layout.ts';
import { readOwnership } from '../ownership.ts';
import type { Plan } from '../plan.ts';
import { Surroundings } from '../standing.ts';
import { fileChanges, updateOf } from '../update.ts';
import type { ChangedFile, DeliveryDetails, Describe } from './delivery-details.ts';
import { deliveryParts, type DeliveryPart } from './delivery-parts.ts';
import { emergencyText } from './emergency-record.ts';
import type { Provenance } from './provenance.ts';

/** A part of a plan, and what it changes in the repository. */
export interface DeliveryStep extends DeliveryPart {
  readonly changes: readonly Change[];
  readonly files: FileChanges;
  /** What the commit says of what it changes. */
  readonly details: DeliveryDetails | undefined;
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
  readonly isEmergency: boolean;
  readonly provenance: Provenance;
  readonly describe: Describe | undefined;
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
    const { changes } = update.changes;
    const files = withRecord(fileChanges(part.plan, update), part, current, input);
    const details = files.size === 0 ? undefined : input.describe?.(changedFiles(changes, files, current));
    steps.push({ ...part, changes, files, details });
    if (part.mode === 'push') current = current.withChanges(files);
  }
  return { steps, findings };
}

/** The files with the one that remembers an emergency, where that changes. */
function withRecord(
  files: FileChanges,
  { environment, plan }: DeliveryPart,
  tree: RepositoryTree,
  { isEmergency, provenance }: StepsInput,
): FileChanges {
  const path = emergencyPath(plan.project, environment);
  const text = textOf(path, tree);
  const changed = [...new Set([...files.keys()].map((each) => placeOf(each).application))];
  const applications = changed.filter((application) => application !== '');
  const record = emergencyText({ plan, environment, isEmergency, changed: applications, provenance, text });
  return record === text ? files : new Map([...files, [path, record]]);
}

function changedFiles(changes: readonly Change[], files: FileChanges, tree: RepositoryTree): ChangedFile[] {
  return changes
    .filter(({ path }) => files.has(path))
    .map(({ path, environment, application }) => {
      const before = textOf(path, tree);
      return { path, environment, application, before, after: files.get(path) };
    });
}

function textOf(path: string, tree: RepositoryTree): string | undefined {
  return tree.idOf(path) === undefined ? undefined : tree.read(path)?.toString('utf8');
}

/** The files of a commit: with the bytes of all inventories, and of what the project has or wants. */
async function load(
  { clone, plan }: StepsInput,
  tip: string | undefined,
): Promise<{ readonly tree: RepositoryTree; readonly owned: readonly string[] }> {
  const listed = await clone.tree(tip);
  const inventories = [...listed.entries(STRAKE).keys()].filter((name) => name.endsWith('.json'));
  const records = [...listed.entries(emergencyFolder(plan.project)).keys()];
  const known = await clone.load(listed, [
    ...inventories.map((name) => `${STRAKE}/${name}`),
    ...records.map((name) => `${emergencyFolder(plan.project)}/${name}`),
  ]);
  const { inventory } = readOwnership(plan.project, known, new Surroundings(known));
  const owned = [...inventory.files.keys(), ...inventory.pending.keys()];
  return { tree: await clone.load(known, [...owned, ...plan.files.map(({ path }) => path)]), owned };
}
