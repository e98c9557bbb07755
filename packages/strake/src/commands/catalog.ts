import { finding, type Finding } from '@strake/core';
import { nearest } from '@strake/core/tools';
import type { CatalogEntry } from '../catalog/catalog-entry.ts';
import { projectCatalog } from '../catalog/project-catalog.ts';
import { nameOf, showEntries, showEntry } from '../catalog/show-entry.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { hasErrors } from '../rendered-project.ts';
import { findingJson, plural, showFindings } from '../show-findings.ts';

export interface CatalogOptions {
  /** The configuration file. */
  readonly config: string;
  readonly json?: boolean;
}

/** Prints the definitions that a project can use, or one of them. Writes nothing. */
export async function catalog(name: string | undefined, options: CatalogOptions, io: Io): Promise<ExitCode> {
  const { entries, findings } = await projectCatalog(options.config, io.directory);
  const shown = name === undefined ? entries : entries.filter((each) => isNamed(each, name));
  const all = name !== undefined && shown.length === 0 ? [...findings, unknown(name, entries)] : findings;
  if (options.json === true) {
    const told = { definitions: shown, findings: all.map((each) => findingJson(each, io)) };
    io.out(`${JSON.stringify(told, null, 2)}\n`);
  } else {
    showFindings(all, io);
    if (name === undefined) {
      showEntries(shown, io);
      io.out(
        shown.length === 0
          ? 'no definitions: no package.json from here upwards depends on @strake/components, @strake/traits or the like\n'
          : `\n${plural(shown.length, 'definition')}; \`strake catalog <name>\` prints one\n`,
      );
    } else
      for (const [index, each] of shown.entries()) {
        if (index > 0) io.out('\n');
        showEntry(each, io);
      }
  }
  return hasErrors(all) ? EXIT.failed : EXIT.done;
}

/** Whether a definition goes by that name: as a package exports it, as findings call it, in letters of any case. */
function isNamed({ name, export: exported, import: module }: CatalogEntry, wanted: string): boolean {
  const text = wanted.toLowerCase();
  return [name, exported, `${module}/${exported}`].some((each) => each?.toLowerCase() === text);
}

function unknown(name: string, entries: readonly CatalogEntry[]): Finding {
  const likely = nearest(name, [...new Set(entries.flatMap((each) => [nameOf(each), each.name]))]);
  return finding({
    code: 'definition-unknown',
    path: name,
    written: `no package of the project has a definition \`${name}\``,
    allowed: 'a component, a trait or a scope of an installed package, or one that the project uses',
    fix: likely === undefined ? 'See `strake catalog` for all of them.' : `Did you mean \`${likely}\`?`,
  });
}
