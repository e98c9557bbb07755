import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files of a new project, or why there is none. */
export type CreatedProject = { readonly files: readonly string[] } | { readonly problem: string };

const TEMPLATE = fileURLToPath(new URL('../template', import.meta.url));
const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** npm leaves these two out of packages, or reads them there, under their own names. */
const RENAMED: Readonly<Record<string, string>> = {
  _gitignore: '.gitignore',
  '_package.json': 'package.json',
};

/** Makes a project in a folder that is empty or not there. Touches nothing else. */
export function createProject(folder: string, version: string): CreatedProject {
  const name = basename(folder);
  if (!NAME.test(name) || name === 'platform') {
    return {
      problem: `\`${name}\` is no name of a project: use a-z, 0-9 and -, at most 63 characters, not \`platform\``,
    };
  }
  if (existsSync(folder) && !isEmptyFolder(folder)) {
    return { problem: `\`${name}\` is not an empty folder; name one that is empty or not there yet` };
  }
  const files = templateFiles('').map((from) => {
    const to = join(dirname(from), RENAMED[basename(from)] ?? basename(from));
    mkdirSync(join(folder, dirname(to)), { recursive: true });
    writeFileSync(join(folder, to), filledIn(readFileSync(join(TEMPLATE, from), 'utf8'), name, version));
    return to;
  });
  return { files: files.toSorted() };
}

function isEmptyFolder(path: string): boolean {
  return statSync(path).isDirectory() && readdirSync(path).length === 0;
}

function templateFiles(folder: string): string[] {
  const entries = readdirSync(join(TEMPLATE, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? templateFiles(path) : [path];
  });
}

function filledIn(text: string, name: string, version: string): string {
  return text
    .replaceAll('__name__', name)
    .replaceAll('__Name__', className(name))
    .replaceAll('__version__', version);
}

/** `online-shop` as the name of a class: `OnlineShop`. A digit in front gets a letter. */
function className(name: string): string {
  const words = name.split('-').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return words.join('').replace(/^(?=\d)/, 'App');
}
