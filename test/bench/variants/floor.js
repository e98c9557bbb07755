import { mkdirSync, writeFileSync } from 'node:fs';
import { filesOf, folderOf } from '../floor-files.js';

/**
 * The least that a renderer must do: plain objects, Strake's emitter, one `writeFileSync` a file. No checks, no
 * comparison with what is there, no inventory, no temporary files; nothing is kept once it is written.
 */
export function run({ applications, environments, out }) {
  for (const each of filesOf(applications, environments)) {
    const folder = folderOf(each, out);
    mkdirSync(folder, { recursive: true });
    for (const [file, contents] of each.files) writeFileSync(`${folder}/${file}`, contents);
  }
}
