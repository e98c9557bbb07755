import { buildGoProgram, GO_PROGRAMS } from './go-program.ts';

/** Builds into the cache what it has not: every program, or those that the arguments name. */
async function build(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !GO_PROGRAMS.some((program) => program === name));
  if (unknown.length > 0)
    throw new Error(`no program ${unknown.join(', ')}; there are ${GO_PROGRAMS.join(', ')}`);
  for (const name of GO_PROGRAMS) {
    if (wanted.length === 0 || wanted.includes(name)) console.error(await buildGoProgram(name));
  }
}

await build(process.argv.slice(2));
