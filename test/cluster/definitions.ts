import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { VENDOR_SOURCES } from '../generate/schemas/sources.ts';
import { testCache } from '../tools/kubernetes-tools.ts';

/** Files of a Go module, at the version that a folder of `go` pins, or else at the one given. */
interface DefinitionSource {
  readonly module: string;
  readonly version: string;
  readonly path: string;
  readonly without?: RegExp;
}

const IMAGES = /\/image-(?:reflector|automation)-controller$/;

/** Of the image controllers those that run here, whose sums stand in the `go.sum` of each. */
const SOURCES: readonly DefinitionSource[] = [
  ...VENDOR_SOURCES.filter(({ module }) => !IMAGES.test(module)),
  ...['image-reflector-controller', 'image-automation-controller'].map((name) => ({
    module: `github.com/fluxcd/${name}`,
    version: 'v1.2.0',
    path: 'config/crd/bases',
  })),
];

const downloaded = z.looseObject({ Dir: z.string() });
const run = promisify(execFile);

/** Folder of CustomResourceDefinitions, `<group>/<Kind>.yaml`, as the modules of other projects have them; it may not be there yet. */
export function definitionsFolder(): string {
  const names = SOURCES.map(({ module, version, path }) => `${module}@${version}/${path}`);
  const hash = createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 12);
  return join(testCache(), `definitions-${hash}`);
}

/** Fetches the definitions from the module proxy, unless they are there. */
export async function fetchDefinitions(): Promise<void> {
  const folder = definitionsFolder();
  if (existsSync(folder)) return;
  const unfinished = mkdtempSync(join(testCache(), 'fetch-'));
  try {
    for (const [index, source] of SOURCES.entries()) {
      console.error(`definitions ${index + 1} of ${SOURCES.length}: ${source.module} ${source.version}`);
      for (const text of await documentsOf(source)) write(unfinished, text);
    }
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

async function documentsOf({ module, version, path, without }: DefinitionSource): Promise<string[]> {
  const program = join(import.meta.dirname, 'go', module.slice(module.lastIndexOf('/') + 1));
  const { stdout } = await run('go', ['mod', 'download', '-json', `${module}@${version}`], {
    cwd: IMAGES.test(module) ? program : testCache(),
    env: { ...process.env, GOFLAGS: '', GOWORK: 'off' },
  });
  const place = join(downloaded.parse(JSON.parse(stdout)).Dir, path);
  const files = statSync(place).isDirectory()
    ? readdirSync(place)
        .filter((name) => name.endsWith('.yaml') && without?.test(name) !== true)
        .map((name) => join(place, name))
    : [place];
  return files.flatMap((file) => readFileSync(file, 'utf8').split(/^---(?=\s|$)/m));
}

/** Finds group and kind without parsing, as some of these texts are for the parsers of Go alone. */
function write(folder: string, text: string): void {
  if (!/^kind: CustomResourceDefinition$/m.test(text)) return;
  const group = /^ {2}group: ["']?([a-z0-9.-]+)/m.exec(text)?.[1];
  const kind = /^ {2}names:\n(?: {4,}.*\n)*? {4}kind: ["']?(\w+)/m.exec(text)?.[1];
  if (group === undefined || kind === undefined) throw new Error(`no group or kind: ${text.slice(0, 200)}`);
  mkdirSync(join(folder, group), { recursive: true });
  writeFileSync(join(folder, group, `${kind}.yaml`), text);
}
