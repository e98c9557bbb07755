import type { Finding } from '@strake/core';
import { leadOf, type CatalogEntry } from '../../../packages/strake/src/catalog/catalog-entry.ts';
import { propertyTables, type PropertyTable } from '../../../packages/strake/src/catalog/property-rows.ts';
import { importsOf } from './examples.ts';

/** What a page is made of. */
export interface PageParts {
  readonly entry: CatalogEntry;
  /** What the example is shown on. */
  readonly setting: readonly string[];
  /** What a scope finds there. */
  readonly findings: readonly Finding[];
  /** Markdown with the files that the example makes or changes. */
  readonly files: readonly string[];
  /** The page of another definition. */
  link(kind: CatalogEntry['kind'], name: string): string;
}

/** Path of a definition's page below `docs/reference`. */
export function pagePath({ kind, name }: Pick<CatalogEntry, 'kind' | 'name'>): string {
  return `${kind}s/${name}.md`;
}

/** The page of one definition. */
export function page(parts: PageParts): string {
  const { entry } = parts;
  return `${[
    `# ${entry.export ?? entry.name}`,
    '',
    leadOf(entry),
    '',
    ...facts(parts),
    '',
    '## Example',
    '',
    ...(entry.example === undefined ? [] : ['```ts', ...exampleCode(entry), '```', '', ...result(parts)]),
    '## Properties',
    '',
    ...propertiesSection(entry),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function facts({ entry, link }: PageParts): string[] {
  const names = (list: readonly string[] | undefined, kind: CatalogEntry['kind']) =>
    (list ?? []).map((name) => link(kind, name)).join(', ');
  const capabilities = (list: readonly string[] | undefined) =>
    (list ?? []).map((name) => `\`${name}\``).join(', ');
  const delegates = (entry.delegates ?? []).map(
    ({ object, path, to }) => `\`${path}\` of \`${object}\` to ${to}`,
  );
  const conflicts = (entry.conflictsWith ?? [])
    .map((name) => {
      const why = entry.conflictReasons?.[name];
      return `${link('trait', name)}${why === undefined ? '' : ` (${why})`}`;
    })
    .join(', ');
  const rows: [string, string][] = [
    ['kind', `[${entry.kind}](../../concepts.md)`],
    ['import', `\`import { ${entry.export} } from '${entry.import}'\``],
    ['name', `\`${entry.name}\``],
    ['offers', capabilities(entry.offers)],
    ['needs', capabilities(entry.needs)],
    ['supplies', capabilities(entry.supplies)],
    ['applies to', names(entry.appliesTo, 'component')],
    ['requires', names(entry.requires, 'trait')],
    ['conflicts with', conflicts],
    ['absorbs', names(entry.absorbs, 'trait')],
    ['knows', names(entry.knows, entry.kind)],
    ['delegates', delegates.join('; ')],
    ['upstream', (entry.upstream ?? []).join('; ')],
  ];
  return [
    '| | |',
    '|---|---|',
    ...rows.filter(([, text]) => text !== '').map(([name, text]) => `| ${name} | ${text} |`),
  ];
}

/** The example as a file that compiles. */
function exampleCode(entry: CatalogEntry): string[] {
  const { kind, export: name = '', import: module = '', example } = entry;
  const code = example?.code ?? '';
  const imports = new Map(importsOf(code, name));
  const frame = FRAMES[kind](code, name);
  for (const [from, added] of [[module, [name]], ...frame.imports] as const)
    imports.set(from, [...new Set([...(imports.get(from) ?? []), ...added])]);
  return [
    ...[...imports]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([from, names]) => `import { ${names.toSorted().join(', ')} } from '${from}';`),
    '',
    ...frame.lines,
  ];
}

interface Frame {
  readonly imports: readonly (readonly [string, readonly string[]])[];
  readonly lines: readonly string[];
}

const FRAMES: Readonly<Record<CatalogEntry['kind'], (code: string, name: string) => Frame>> = {
  component: (code) => ({
    imports: [['@strake/core', ['Application']]],
    lines: [
      'export class Cart extends Application {',
      ...`readonly ${fieldOf(code)} = ${code};`.split('\n').map((line) => `  ${line}`),
      '}',
    ],
  }),
  trait: (code) => ({ imports: [], lines: `const trait = ${code};`.split('\n') }),
  scope: (code) => ({
    imports: [['@strake/core', ['Platform']]],
    lines: [
      "export const platform = new Platform('acme', { environments: { production: {} } }).supply(",
      ...`${code},`.split('\n').map((line) => `  ${line}`),
      ');',
    ],
  }),
};

function fieldOf(code: string): string {
  const id = /this, '([^']+)'/.exec(code)?.[1] ?? 'component';
  return id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function result({ entry, setting, files, findings }: PageParts): string[] {
  const [made = ''] = setting;
  const [, component = '', id = ''] = /^new (\w+)\(this, '([^']+)'/.exec(made) ?? [];
  switch (entry.kind) {
    case 'component':
      return files.length === 0
        ? ['It writes no object of its own: a scope that supplies the claim does.', '']
        : ['It writes:', '', ...files];
    case 'trait': {
      const attached = `\`${id}.attach(trait)\`, where \`${id}\` is a \`${component}\`,`;
      return files.length === 0
        ? [`${attached} changes no object here.`, '']
        : [`${attached} changes what is written:`, '', ...files];
    }
    case 'scope':
      return [
        `Shown on the application \`cart\`: ${list(setting)}.`,
        '',
        ...found(findings),
        files.length === 0 ? 'It changes no object there.' : 'What changes there:',
        '',
        ...files,
      ];
  }
}

function found(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const lines = findings.map(
    ({ severity, code, path, written }) =>
      `- ${severity} [\`${code}\`](../../findings.md) at \`${path}\`: ${written}`,
  );
  return ['It finds:', '', ...lines, ''];
}

function list(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

function propertiesSection({ schema, import: module }: CatalogEntry): string[] {
  const [first, ...others] = propertyTables(schema);
  if (first === undefined || first.rows.length === 0) return ['It has none.'];
  return [
    ...table(first),
    ...others.flatMap((each) => [
      `### ${each.places.map((place) => `\`${place}\``).join(', ')}`,
      '',
      ...table(each),
    ]),
    `The JSON Schema of the properties stands in \`catalog.json\` of \`${packageOf(module)}\`.`,
  ];
}

function packageOf(module = ''): string {
  return module.split('/').slice(0, 2).join('/');
}

function table({ rows, must }: PropertyTable): string[] {
  return [
    '| property | type | default | |',
    '|---|---|---|---|',
    ...rows.map(
      ({ name, type, required, default: fallback = '', description }) =>
        `| \`${name}\` | \`${cell(type)}\` | ${required ? '**required**' : cell(fallback)} | ${cell(description)} |`,
    ),
    '',
    ...(must === undefined ? [] : [`What must hold: ${must}.`, '']),
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
