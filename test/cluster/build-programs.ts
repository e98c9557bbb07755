import { existsSync } from 'node:fs';
import { fetchDefinitions } from './definitions.ts';
import { buildGoProgram, GO_PROGRAMS, type GoProgram, goProgram } from './go-program.ts';

/** What a cluster cannot start without. */
export const NEEDED = ['etcd', 'kube-apiserver'] as const satisfies readonly GoProgram[];

/** Programs that the cache does not have, in the order they are built. */
export function unbuiltPrograms(): GoProgram[] {
  return GO_PROGRAMS.filter((name) => !existsSync(goProgram(name)));
}

/** Fetches the definitions of other projects, without which their kinds are not judged; tells why where it cannot. */
export async function buildDefinitions(): Promise<void> {
  if (process.env['STRAKE_TEST_CRDS'] !== undefined) return;
  try {
    await fetchDefinitions();
  } catch (error) {
    console.error(`definitions of other projects cannot be fetched: ${String(error).split('\n', 1)[0]}`);
  }
}

/**
 * Builds programs one after the other, and tells how far it is. One that cannot be built is told and left out, for its
 * suites say so too; without those that are needed there is nothing to test, and it throws.
 */
export async function buildPrograms(wanted: readonly GoProgram[]): Promise<void> {
  const missing = unbuiltPrograms().filter((name) => wanted.includes(name));
  for (const [index, name] of missing.entries()) {
    console.error(
      `program ${index + 1} of ${missing.length} that are not built yet: ${name}; when stopped, the next run goes on`,
    );
    try {
      await buildGoProgram(name);
    } catch (error) {
      if (NEEDED.some((each) => each === name)) throw error;
      console.error(`${name} cannot be built: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
