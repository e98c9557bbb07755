import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { run } from '../../packages/strake/src/program.ts';

const KEY = Symbol.for('strake.laws.config');
const require = createRequire(import.meta.url);

/** What a run of the command within this process has said. */
export interface Said {
  /** Undefined when it threw, which `strake` reports as a defect of its own. */
  readonly code: number | undefined;
  readonly defect: unknown;
  readonly out: string;
  readonly err: string;
}

/** Runs the command on a configuration that is made in this process, when the configuration file is loaded. */
export async function runOn(make: () => unknown, words: readonly string[], directory: string): Promise<Said> {
  const file = join(directory, 'strake.config.ts');
  writeFileSync(file, `export default globalThis[Symbol.for('strake.laws.config')]();\n`);
  delete require.cache[file];
  Reflect.set(globalThis, KEY, make);
  const said = { out: '', err: '' };
  const io = {
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    colors: createColors(false),
    directory,
  };
  try {
    return { code: await run(words, '0.0.0', io), defect: undefined, ...said };
  } catch (error) {
    return { code: undefined, defect: error, ...said };
  }
}
