import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { filesOf, folderOf } from '../floor-files.js';

/**
 * The least that a renderer must do: plain objects, Strake's emitter, and its way of writing a file: under a temporary
 * name that is renamed, so that one that is cut off harms nothing. No checks, no comparison with what is there, no
 * inventory; nothing is kept once it is written.
 */
export function run({ applications, environments, out }) {
  for (const each of filesOf(applications, environments)) {
    const folder = folderOf(each, out);
    mkdirSync(folder, { recursive: true });
    for (const [file, contents] of each.files) {
      writeFileSync(`${folder}/.${file}.new`, contents, { flag: 'wx' });
      renameSync(`${folder}/.${file}.new`, `${folder}/${file}`);
    }
  }
}
