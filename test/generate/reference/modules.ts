import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefinitionInfo } from '@strake/core/tools';
import { definitionOf } from '../../../packages/strake/src/catalog/entry-of.ts';
import { ROOT } from '../../files.ts';

/** The packages of Strake that have definitions. */
export const PACKAGES = ['components', 'traits', 'scopes'] as const;

/** A definition and where it is exported. */
export interface ExportedDefinition {
  readonly info: DefinitionInfo;
  readonly value: unknown;
  /** Name of the export. */
  readonly export: string;
  /** The module as users import it. */
  readonly import: string;
  /** The index file that exports it. */
  readonly source: string;
}

/** Every definition that a package exports, by module. */
export async function exportedDefinitions(folder: string): Promise<readonly ExportedDefinition[]> {
  const root = join(ROOT, 'packages', folder);
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const entries = Object.entries<Readonly<Record<string, string>>>(exports).filter(
    ([path]) => path !== './package.json',
  );
  const found = await Promise.all(
    entries.map(async ([path, target]) => {
      const module = `${name}${path.slice(1)}`;
      const source = join(root, target['@strake/source'] ?? '');
      const loaded: Readonly<Record<string, unknown>> = await import(source);
      return Object.entries(loaded).flatMap(([exported, value]) => {
        const info = definitionOf(value);
        return info === undefined ? [] : [{ info, value, export: exported, import: module, source }];
      });
    }),
  );
  return found.flat();
}
