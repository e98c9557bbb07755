import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { filesOf, folderOf } from '../floor-files.js';

/** The floor, with every file created under a temporary name and renamed, as a writer must that may be cut off. */
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
