import { mkdirSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { filesOf, folderOf } from '../floor-files.js';

/** The plain floor with the `yaml` package instead of Strake's emitter. */
export function run({ applications, environments, out }) {
  for (const each of filesOf(applications, environments, (object) => stringify(object))) {
    const folder = folderOf(each, out);
    mkdirSync(folder, { recursive: true });
    for (const [file, contents] of each.files) writeFileSync(`${folder}/${file}`, contents);
  }
}
