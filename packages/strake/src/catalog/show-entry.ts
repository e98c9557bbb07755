import { codeName } from '@strake/core';
import type { Io } from '../io.ts';
import { showTable } from '../show-table.ts';
import { leadOf, type CatalogEntry } from './catalog-entry.ts';
import { propertyTables, type PropertyRow } from './property-rows.ts';

const TITLES = { component: 'Components', trait: 'Traits', scope: 'Scopes' } as const;

/** Prints all definitions by kind and module, each with its summary. */
export function showEntries(entries: readonly CatalogEntry[], io: Io): void {
  const width = Math.max(0, ...entries.map((each) => nameOf(each).length));
  let last = '';
  for (const each of entries) {
    const { kind, package: from, import: module = from, summary } = each;
    const heading = `${TITLES[kind]} of ${module}`;
    if (heading !== last) io.out(`${last === '' ? '' : '\n'}${io.colors.bold(heading)}\n`);
    last = heading;
    io.out(`  ${nameOf(each).padEnd(width)}  ${summary}\n`);
  }
}

/** Prints all that is known of one definition. */
export function showEntry(entry: CatalogEntry, io: Io): void {
  const { kind, package: from, example, schema } = entry;
  const { bold } = io.colors;
  io.out(`${bold(nameOf(entry))}  ${kind} of ${from}\n${leadOf(entry)}\n\n`);
  showTable(
    facts(entry).map(([name, text]) => [name, text]),
    io,
  );
  if (example !== undefined) {
    const on = example.component === undefined ? '' : `, attached to a ${example.component}`;
    io.out(`\n${bold(`Example${on}`)}\n${indented(example.code)}\n`);
  }
  for (const { places, rows, must } of propertyTables(schema)) {
    if (rows.length === 0) continue;
    const at = places.filter((place) => place !== '');
    io.out(`\n${bold(at.length === 0 ? 'Properties' : `Properties of ${at.join(', ')}`)}\n`);
    for (const row of rows) io.out(rowText(row, io));
    if (must !== undefined) io.out(`  What must hold: ${must}.\n`);
  }
}

function rowText({ name, type, required, default: fallback, description }: PropertyRow, io: Io): string {
  const absent = fallback === undefined ? '' : `Default: ${fallback}`;
  const text = [description, absent].filter((part) => part !== '').join(' ');
  const lines = [
    `  ${io.colors.bold(name)}  ${io.colors.dim(`${type}${required ? ', required' : ''}`)}`,
    ...(text === '' ? [] : [`    ${text}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function facts(entry: CatalogEntry): [string, string][] {
  const { export: exported, import: module, delegates = [] } = entry;
  const rows: [string, string][] = [
    ['import', module === undefined ? '' : `import { ${exported} } from '${module}';`],
    ['offers', listed(entry.offers)],
    ['needs', listed(entry.needs)],
    ['supplies', listed(entry.supplies)],
    ['applies to', listed(inCode(entry.appliesTo, 'component'))],
    ['requires', listed(inCode(entry.requires, 'trait'))],
    ['conflicts with', conflictsOf(entry)],
    ['absorbs', listed(inCode(entry.absorbs, 'trait'))],
    ['knows', listed(inCode(entry.knows, entry.kind))],
    ['delegates', delegates.map(({ object, path, to }) => `${path} of ${object} to ${to}`).join('; ')],
    ['upstream', listed(entry.upstream)],
  ];
  return rows.filter(([, text]) => text !== '');
}

function conflictsOf({ conflictsWith = [], conflictReasons = {} }: CatalogEntry): string {
  return listed(
    conflictsWith.map((name) => {
      const why = conflictReasons[name];
      const [excluded = name] = inCode([name], 'trait');
      return why === undefined ? excluded : `${excluded} (${why})`;
    }),
  );
}

function inCode(names: readonly string[] = [], kind: CatalogEntry['kind']): readonly string[] {
  return names.map((name) => codeName({ kind, name }));
}

function listed(names: readonly string[] = []): string {
  return names.join(', ');
}

function indented(code: string): string {
  return code.replaceAll(/^/gm, '  ');
}

/** The name that code uses, or the definition's own. */
export function nameOf({ export: exported, name }: CatalogEntry): string {
  return exported ?? name;
}
