import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, ROOT } from './files.ts';

const entries = filesBelow('packages')
  .filter((file) => /^packages\/[^/]+\/package\.json$/.test(file))
  .flatMap((file) => {
    const { name, exports } = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
    return Object.entries<Record<string, string>>(exports)
      .filter(([path]) => path !== './package.json')
      .map(([path, target]) => ({
        entry: `${name}${path.slice(1)}`,
        source: join(ROOT, file, '..', target['@strake/source'] ?? ''),
      }));
  });

test.each(entries)('$entry exports what the list says', async ({ entry, source }) => {
  const names = [...readFileSync(source, 'utf8').matchAll(/export (type )?\{([^}]*)\}/g)].flatMap(
    ([, all, list = '']) =>
      list
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .map((name) => (all === undefined || name.startsWith('type ') ? name : `type ${name}`)),
  );
  const shown = names.toSorted((left, right) =>
    left.replace('type ', '') < right.replace('type ', '') ? -1 : 1,
  );
  await expect(`${shown.join('\n')}\n`).toMatchFileSnapshot(`exports/${entry.replaceAll('/', '.')}.txt`);
});

test('an index is a table of contents: named re-exports and nothing else', () => {
  for (const { source, entry } of entries) {
    const lines = readFileSync(source, 'utf8').replaceAll(/export (type )?\{[^}]*\} from '[^']+';\n/g, '');
    expect(lines.trim(), entry).toBe('');
  }
});
