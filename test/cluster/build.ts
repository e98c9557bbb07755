import { buildDefinitions, buildPrograms } from './build-programs.ts';
import { GO_PROGRAMS, goProgram } from './go-program.ts';

/** Builds into the cache what it has not: every program, or those that the arguments name. */
async function build(named: readonly string[]): Promise<void> {
  const unknown = named.filter((name) => !GO_PROGRAMS.some((program) => program === name));
  if (unknown.length > 0)
    throw new Error(`no program ${unknown.join(', ')}; there are ${GO_PROGRAMS.join(', ')}`);
  const wanted = GO_PROGRAMS.filter((name) => named.length === 0 || named.includes(name));
  await buildDefinitions();
  await buildPrograms(wanted);
  for (const name of wanted) console.error(goProgram(name));
}

await build(process.argv.slice(2));
