import { mkdirSync, writeFileSync } from 'node:fs';
import { filesOf, folderOf } from '../floor-files.js';

/** The floor with one `writeFileSync` a file, as tools write that may not be cut off. */
export function run({ applications, environments, out }) {
  for (const each of filesOf(applications, environments)) {
    const folder = folderOf(each, out);
    mkdirSync(folder, { recursive: true });
    for (const [file, contents] of each.files) writeFileSync(`${folder}/${file}`, contents);
  }
}
