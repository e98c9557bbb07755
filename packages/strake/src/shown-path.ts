import { isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A path or `file:` URL as people read it: relative to a folder, with `/`. */
export function shownPath(file: string, directory: string): string {
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  const shown = isAbsolute(path) ? relative(directory, resolve(path)) : path;
  return shown.replaceAll(sep, '/');
}
