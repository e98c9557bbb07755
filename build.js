// Bundles what each package exports, or its command, from `src` to `dist`; the declarations there are the compiler's.
// Why, and what it saves: docs/decisions/0012-bundled-packages.md.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const PACKAGES = fileURLToPath(new URL('./packages', import.meta.url));
/** What each command, each project or each `synth` loads; main.ts comes first, so that `--help` loads nothing else. */
const LOADED_TOGETHER = ['src/main.ts', 'src/index.ts', 'src/commands/synth.ts'];

/** Dependencies that are CommonJS for whoever imports them, too: it is one module, whether imported or required. */
const COMMONJS = [
  'cdk8s',
  'commander',
  'constructs',
  'fastest-levenshtein',
  'jiti',
  'picocolors',
  'yaml',
].join('|');

await Promise.all(readdirSync(PACKAGES).map((name) => bundle(join(PACKAGES, name))));

async function bundle(folder) {
  const { output } = await build({
    cwd: folder,
    input: entriesOf(folder),
    // Other packages are imported as they are: there is one of each, and it is loaded when its importer is.
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    platform: 'node',
    tsconfig: false,
    transform: { target: 'es2023' },
    write: false,
    onLog: refuseWarning,
    output: {
      dir: 'dist',
      format: 'esm',
      // Chunks stand where the sources in `src` itself do, so that `../package.json` is the same file for both.
      chunkFileNames: '[name]-[hash].js',
      codeSplitting: { groups: LOADED_TOGETHER.map((source) => sharedGroup(join(folder, source))) },
      sourcemap: true,
      sourcemapExcludeSources: true,
      comments: { legal: true, annotation: false, jsdoc: false },
      minifyInternalExports: false,
    },
    experimental: { attachDebugInfo: 'none' },
  });
  const files = new Map(
    output.map(({ fileName, code, source }) => [
      join(fileName),
      code === undefined ? source : withRequired(code),
    ]),
  );
  refuseRenamedClass(folder, files);
  writeChanged(join(folder, 'dist'), files);
  removeStale(folder, files);
}

/** Sources by the names of what becomes of them. */
function entriesOf(folder) {
  const { bin, exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const sources = Object.values(exports).flatMap((target) => target['@strake/source'] ?? []);
  if (bin !== undefined) sources.push('./src/main.ts');
  return Object.fromEntries(sources.map((source) => [source.replace(/^\.\/src\/|\.ts$/g, ''), source]));
}

/** What a source loads and others load as well is one file: every file takes its time to be found and linked. */
function sharedGroup(source) {
  const loaded = new Set();
  const visit = (id, context) => {
    if (loaded.has(id)) return;
    loaded.add(id);
    for (const each of context.getModuleInfo(id)?.importedIds ?? []) visit(each, context);
  };
  return {
    debugName: source,
    minShareCount: 2,
    name: (id, context) => {
      visit(source, context);
      return loaded.has(id) ? `${basename(source, '.ts')}-shared` : null;
    },
  };
}

/**
 * Node 20 takes twice as long to import a CommonJS package as to require it, since it looks for the names of its exports
 * first. No line is added, for source maps tell places by lines.
 */
function withRequired(code) {
  const required = code
    .replace(
      new RegExp(`^import \\{ (.*) \\} from "(${COMMONJS})";$`, 'gm'),
      (_, names, name) => `const { ${names.replaceAll(' as ', ': ')} } = requireCommonJs("${name}");`,
    )
    .replace(new RegExp(`\\bimport\\("(${COMMONJS})"\\)`, 'g'), 'requireCommonJs("$1")');
  if (new RegExp(`^import .*"(?:${COMMONJS})"`, 'm').test(required))
    throw new Error('a CommonJS package is imported otherwise than by names');
  if (required === code) return code;
  return `import { createRequire as requireFrom } from "node:module"; const requireCommonJs = requireFrom(import.meta.url); ${required}`;
}

function refuseWarning(level, { message }) {
  if (level === 'warn') throw new Error(message);
}

/** A stack names classes, and the line of the user's that made an object is found by them. */
function refuseRenamedClass(folder, files) {
  for (const code of files.values()) {
    const [, name] = /^(?:var|class) (\w+)\$\d+ (?:= class|extends|\{)/m.exec(code) ?? [];
    if (name !== undefined) throw new Error(`${folder}: two classes have the name ${name}`);
  }
}

function writeChanged(dist, files) {
  for (const [name, content] of files) {
    const path = join(dist, name);
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path) || readFileSync(path, 'utf8') !== content) writeFileSync(path, content);
  }
}

/** Removes what earlier builds have left, and declarations of sources that are no more. */
function removeStale(folder, files) {
  const dist = join(folder, 'dist');
  for (const name of readdirSync(dist, { recursive: true })) {
    const source = join(folder, 'src', name.replace(/\.d\.ts(?:\.map)?$/, '.ts'));
    const isStale = /\.d\.ts(?:\.map)?$/.test(name)
      ? !existsSync(source)
      : /\.js(?:\.map)?$/.test(name) && !files.has(name);
    if (isStale) rmSync(join(dist, name));
  }
}
