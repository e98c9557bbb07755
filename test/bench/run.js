import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'rolldown';
import { ENVIRONMENTS } from './fleet.js';
import { asText, ratiosOf, rowsOf } from './results.js';
import { measuredProcess } from './tools/measured-process.js';
import { VARIANTS } from './variants.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const { values } = parseArgs({
  options: {
    applications: { type: 'string', default: '10,100,300,1000,3000' },
    only: { type: 'string' },
    repeat: { type: 'string', default: '3' },
    uncapped: { type: 'boolean', default: false },
    'skip-build': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

if (!values['skip-build']) await buildAll();
const results = wantedResults();
await checkOutputs();
for (const applications of new Set(results.map((each) => each.applications))) await measure(applications);
const result = { rows: rowsOf(results), ratios: ratiosOf(results) };
process.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : asText(result, results));

/** What the bench measures is what is published, not the sources; and the emitter alone, as the floor loads it. */
async function buildAll() {
  progress('npm run build');
  execFileSync('npm', ['run', 'build'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  await build({
    input: join(ROOT, 'packages/gitops/src/emit.ts'),
    tsconfig: false,
    output: { file: join(ROOT, 'test/tmp-bench/emit.js') },
  });
}

/** Every variant at every size, without samples yet. */
function wantedResults() {
  const only = values.only?.split(',');
  const unknown = only?.find((name) => !VARIANTS.some((variant) => variant.name === name));
  if (unknown !== undefined) throw new Error(`no variant ${unknown}`);
  const sizes = values.applications.split(',').map(Number);
  return VARIANTS.filter(({ name }) => only?.includes(name) ?? true).flatMap((variant) => {
    if (variant.command) return [resultOf(variant, variant.warm ? 1 : 0, variant.environments ?? 0)];
    const own = variant.only === undefined ? sizes : [variant.only];
    return own.map((applications) => resultOf(variant, applications, ENVIRONMENTS.length));
  });
}

function resultOf(variant, applications, environments) {
  const capped = !values.uncapped && applications > (variant.upTo ?? Infinity);
  return { variant, applications, environments, samples: [], capped };
}

/** All variants of a size, round robin: a slow minute of the machine slows them all. */
async function measure(size) {
  const wanted = results.filter(({ applications, capped }) => applications === size && !capped);
  for (let round = 1; round <= Number(values.repeat); round++) {
    for (const each of wanted) {
      const sample = await sampleOf(each);
      each.samples.push(sample);
      progress(`${each.variant.name} ${size}: ${Math.round(sample.wallMs)} ms (${round})`);
    }
  }
}

async function sampleOf({ variant, applications, environments }) {
  const out = mkdtempSync(join(variant.disk ? tmpdir() : MEMORY, 'strake-bench-'));
  try {
    if (variant.command) {
      if (variant.warm) await measuredProcess(process.execPath, variant.command(out));
      return await measuredProcess(process.execPath, variant.command(out));
    }
    return await runVariant(variant.name, { applications, environments, out });
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

async function runVariant(name, options) {
  await measuredProcess(process.execPath, [CHILD, name, 'prepare', JSON.stringify(options)]);
  const { wallMs, output } = await measuredProcess(process.execPath, [
    CHILD,
    name,
    'run',
    JSON.stringify(options),
  ]);
  return { wallMs, ...JSON.parse(output) };
}

/** The floor is only a floor if it makes the very files that Strake makes. */
async function checkOutputs() {
  const outs = [];
  try {
    for (const name of ['floor', 'strake', 'strake+checks']) {
      const out = mkdtempSync(join(MEMORY, 'strake-bench-'));
      outs.push(out);
      await runVariant(name, { applications: 25, environments: ENVIRONMENTS.length, out });
    }
    const [floor, ...strakes] = outs.map(filesIn);
    const paths = new Set([floor, ...strakes].flatMap((files) => [...files.keys()]));
    const isDifferent = (path) => strakes.some((strake) => floor.get(path) !== strake.get(path));
    const different = [...paths].find(isDifferent);
    if (different !== undefined) throw new Error(`the floor and Strake differ in ${different}`);
    progress(`the floor and Strake make the same ${paths.size} files`);
  } finally {
    for (const out of outs) rmSync(out, { recursive: true, force: true });
  }
}

/** Contents by path, without Strake's own records. */
function filesIn(folder) {
  const entries = readdirSync(`${folder}/environments`, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]));
}

function progress(line) {
  process.stderr.write(`${line}\n`);
}
