import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../files.ts';
import { foldersOfManifests } from './manifests.ts';

/** Objects that one cluster gets together. */
export interface Target {
  /** Path below the output, as in `environments/production`. */
  readonly name: string;
  readonly folders: readonly string[];
}

/** Names of the examples, sorted. */
export function exampleNames(): string[] {
  const names = readdirSync(join(ROOT, 'examples'));
  return names.filter((name) => existsSync(join(ROOT, 'examples', name, 'strake.config.ts'))).toSorted();
}

/** Renders an example with the built command, as its reader would. */
export function renderExample(name: string, out: string): Target[] {
  const command = join(ROOT, 'packages', 'strake', 'bin', 'strake.js');
  execFileSync(process.execPath, [command, 'synth', '--out', out], {
    cwd: join(ROOT, 'examples', name),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return ['environments', 'clusters'].flatMap((kind) => targetsIn(join(out, kind)));
}

function targetsIn(folder: string): Target[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((name) => ({
      name: `${basename(folder)}/${name}`,
      folders: foldersOfManifests(join(folder, name)),
    }));
}
