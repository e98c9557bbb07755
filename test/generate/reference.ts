import type { KubernetesObject } from '@strake/core';
import { pathText } from '@strake/core/tools';
import { sortEntries, type CatalogEntry } from '../../packages/strake/src/catalog/catalog-entry.ts';
import { entryOf } from '../../packages/strake/src/catalog/entry-of.ts';
import { withDocumentation, type Documentation } from './reference/documentation.ts';
import { renderExample, type RenderedExample } from './reference/examples.ts';
import { exportedDefinitions, PACKAGES, type ExportedDefinition } from './reference/modules.ts';
import { indexPage } from './reference/index-page.ts';
import { page, pagePath } from './reference/page.ts';
import { fileBlocks, manifestsIn, shownFiles } from './reference/shown-files.ts';
import { upstreamOf } from './reference/upstream.ts';

/** Folder of the pages. */
export const REFERENCE = 'docs/reference';

/** What is made of all definitions: files of the checkout by path, and what stands in them. */
export interface Reference {
  readonly files: ReadonlyMap<string, string>;
  readonly entries: readonly CatalogEntry[];
  /** The objects that each definition's example makes or changes, by `kind name`. */
  readonly written: ReadonlyMap<string, readonly KubernetesObject[]>;
}

interface Described {
  readonly entry: CatalogEntry;
  readonly rendered: RenderedExample;
  readonly written: readonly KubernetesObject[];
}

/** Reads the sources, renders every example, and makes the pages and the catalogs of the packages. */
export async function reference(): Promise<Reference> {
  const packages = await Promise.all(
    PACKAGES.map(async (folder) => ({ folder, definitions: await exportedDefinitions(folder) })),
  );
  return withDocumentation((documentation) => {
    const described = packages.map(({ folder, definitions }) => ({
      folder,
      definitions: definitions.map((each) => describe(each, documentation)),
    }));
    const all = described.flatMap(({ definitions }) => definitions);
    const entries = sortEntries(all.map(({ entry }) => entry));
    const files = new Map(all.map((each) => [`${REFERENCE}/${pagePath(each.entry)}`, pageOf(each, entries)]));
    files.set(`${REFERENCE}/index.md`, indexPage(entries));
    for (const { folder, definitions } of described) {
      const own = sortEntries(definitions.map(({ entry }) => entry));
      files.set(`packages/${folder}/catalog.json`, catalogText(own));
    }
    const written = new Map(all.map((each) => [`${each.entry.kind} ${each.entry.name}`, each.written]));
    return { files, entries, written };
  });
}

function describe(definition: ExportedDefinition, documentation: Documentation): Described {
  const { info, source, export: exported, import: module } = definition;
  const entry = entryOf(info, { export: exported, import: module });
  const { text, example } = documentation.docblock(source, exported);
  const rendered =
    example === undefined ? NOTHING : explained(exported, () => renderExample(definition, example));
  const manifests = manifestsIn(rendered.after);
  const changed = manifestsIn(rendered.after).filter((manifest) => {
    const old = manifestsIn(rendered.before).find((each) => sameObject(each.object, manifest.object));
    return old === undefined || JSON.stringify(old.object) !== JSON.stringify(manifest.object);
  });
  const written = changed.map(({ object }) => object);
  const delegates = manifests.flatMap(({ object, delegations }) =>
    delegations.map(({ steps, to }) => ({
      object: `${object.kind}/${object.metadata.name}`,
      path: pathText(steps),
      to,
    })),
  );
  const rest = restOf(text, entry.summary);
  const upstream = upstreamOf(text, written);
  const { schema, ...others } = entry;
  return {
    rendered,
    written,
    entry: {
      ...others,
      ...(rest !== '' && { description: rest }),
      ...(upstream.length > 0 && { upstream }),
      ...(example !== undefined && {
        example: {
          ...example,
          ...(info.kind === 'trait' && { component: example.component ?? 'WebService' }),
        },
      }),
      ...(delegates.length > 0 && { delegates }),
      schema: documentation.described(source, exported, schema),
    },
  };
}

const NOTHING: RenderedExample = { before: [], after: [], findings: [], setting: [] };

function explained<Result>(name: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw new Error(`the example of ${name} does not render: ${String(error)}`, { cause: error });
  }
}

/** What a docblock says besides the summary, whose source in parentheses is told elsewhere. */
function restOf(text: string, summary: string): string {
  const plain = text.replaceAll(/ \([A-Za-z][\w .-]*: [A-Za-z][^()]*\)/g, '');
  return plain.startsWith(summary) ? plain.slice(summary.length).trim() : plain;
}

function sameObject(one: KubernetesObject, other: KubernetesObject): boolean {
  return (
    one.apiVersion === other.apiVersion &&
    one.kind === other.kind &&
    one.metadata.name === other.metadata.name &&
    one.metadata.namespace === other.metadata.namespace
  );
}

function pageOf({ entry, rendered }: Described, entries: readonly CatalogEntry[]): string {
  const { before, after, setting, findings } = rendered;
  return page({
    entry,
    setting,
    findings,
    files: fileBlocks(shownFiles(before), shownFiles(after)),
    link: (kind, name) => {
      const found = entries.find((each) => each.kind === kind && each.name === name);
      return found === undefined ? `\`${name}\`` : `[\`${found.export}\`](../${pagePath(found)})`;
    },
  });
}

function catalogText(definitions: readonly CatalogEntry[]): string {
  return `${JSON.stringify({ definitions }, null, 1)}\n`;
}
