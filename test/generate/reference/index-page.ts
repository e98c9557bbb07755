import type { CatalogEntry } from '../../../packages/strake/src/catalog/catalog-entry.ts';
import { pagePath } from './page.ts';

const GROUPS = [
  ['component', 'Components', "Application developers define them: `new WebService(this, 'web', { ... })`."],
  [
    'trait',
    'Traits',
    'Application operators attach them to a component: `cart.web.attach(replicas({ count: 3 }))`.',
  ],
  ['scope', 'Scopes', 'Cluster operators supply them: `platform.supply(network())`.'],
] as const;

/** The page that lists all definitions. */
export function indexPage(entries: readonly CatalogEntry[]): string {
  const sections = GROUPS.flatMap(([kind, title, how]) => [
    `## ${title}`,
    '',
    how,
    '',
    ...modulesOf(entries.filter((each) => each.kind === kind)),
  ]);
  return `${[INTRODUCTION, ...sections].join('\n').trimEnd()}\n`;
}

function modulesOf(entries: readonly CatalogEntry[]): string[] {
  const modules = [...new Set(entries.map((each) => each.import ?? ''))];
  return modules.flatMap((module) => [
    `From \`${module}\`:`,
    '',
    '| | |',
    '|---|---|',
    ...entries
      .filter((each) => each.import === module)
      .map((each) => `| [\`${each.export}\`](${pagePath(each)}) | ${each.summary} |`),
    '',
  ]);
}

const INTRODUCTION = `# Reference

Every component, trait and scope of Strake: what it does, what it needs, its properties, and what an example of it writes.
[Concepts](../concepts.md) says what the words mean.

\`strake catalog\` lists the definitions that a project can use, those of other packages and its own among them;
\`strake catalog replicas\` prints one, and \`--json\` all that is known, with a JSON Schema of the properties.

These pages are made from the sources, and every example was rendered: \`npx vitest run test/reference.test.ts -u\`.
`;
