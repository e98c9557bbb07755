import type { Finding } from '@strake/core';
import { inventoryInvalid, pathUnsafe } from './file-findings.ts';
import { EMPTY_INVENTORY, LARGEST_INVENTORY, parseInventory, type Inventory } from './inventory.ts';
import { ENVIRONMENTS, inventoryPath, placeOf, STRAKE } from './layout.ts';
import type { RepositoryReader } from './repository.ts';
import type { Surroundings } from './standing.ts';

/** Whose the files of a repository are, in the eyes of one project. */
export interface Ownership {
  readonly inventory: Inventory;
  /** The bytes of the project's inventory; undefined when there is none. */
  readonly text: string | undefined;
  /** What other projects claim, as `claimOf` says it, with the path of the inventory that says so. */
  readonly claims: ReadonlyMap<string, string>;
  /** With one of these nothing can be said of any file. */
  readonly findings: readonly Finding[];
}

/** An inventory of which it is known how it is written, so that one of that text need not be read. */
export interface KnownInventory {
  readonly ok: true;
  readonly text: string;
  readonly inventory: Inventory;
}

const NONE = { ok: true, inventory: EMPTY_INVENTORY } as const;
const CLAIM = /"(?:environments|clusters\/[^/"]+)\/([^/"]+\/[^/"]+)\/|"(CODEOWNERS)"/g;

/**
 * Reads the inventories of a repository. What is believed of the project's own: paths of applications only, in folders
 * that no other project's inventory claims. The others' claims are read as text, so that an inventory which is no JSON,
 * say in a merge conflict, still protects its project's files.
 */
export function readOwnership(
  project: string,
  reader: RepositoryReader,
  surroundings: Surroundings,
  known?: KnownInventory,
): Ownership {
  const own = inventoryPath(project);
  const findings: Finding[] = [];
  const read = (path: string): string | undefined => {
    const standing = surroundings.at(path);
    if (standing.kind === 'nothing') return undefined;
    if (standing.kind !== 'file' || standing.at !== path) {
      findings.push(pathUnsafe(standing));
      return undefined;
    }
    const bytes = reader.read(path, LARGEST_INVENTORY);
    if (bytes === undefined) findings.push(inventoryInvalid(path, `more than ${LARGEST_INVENTORY} bytes`));
    return bytes?.toString('utf8');
  };
  const claims = new Map<string, string>();
  for (const path of inventoriesIn(surroundings)) {
    if (path === own) continue;
    for (const [, folder, file = `${ENVIRONMENTS}/${folder}`] of (read(path) ?? '').matchAll(CLAIM))
      claims.set(file, path);
  }
  const text = read(own);
  const parsed = text === undefined ? NONE : text === known?.text ? known : parseInventory(text, project);
  if (!parsed.ok)
    return {
      inventory: EMPTY_INVENTORY,
      text,
      claims,
      findings: [...findings, inventoryInvalid(own, parsed.reason)],
    };
  return {
    inventory: parsed.inventory,
    text,
    claims,
    findings: [...findings, ...claimedTwice(own, parsed.inventory, claims)],
  };
}

/**
 * What a project claims that has a file at a path: the folder of an application in an environment, by which it has what
 * agents read for it too, or the file alone.
 */
export function claimOf(path: string): string {
  const { environment, application } = placeOf(path);
  return environment === '' ? path : `${ENVIRONMENTS}/${environment}/${application}`;
}

function inventoriesIn(surroundings: Surroundings): string[] {
  return [...surroundings.entries(STRAKE).keys()]
    .filter((name) => name.endsWith('.json') && !name.endsWith('.facts.json'))
    .toSorted()
    .map((name) => `${STRAKE}/${name}`);
}

function claimedTwice(
  own: string,
  { files, pending }: Inventory,
  claims: ReadonlyMap<string, string>,
): Finding[] {
  if (claims.size === 0) return [];
  const folders = new Set([...files.keys(), ...pending.keys()].map(claimOf));
  return [...folders].toSorted().flatMap((folder) => {
    const other = claims.get(folder);
    return other === undefined ? [] : [inventoryInvalid(own, `\`${folder}\`, which \`${other}\` lists too`)];
  });
}
