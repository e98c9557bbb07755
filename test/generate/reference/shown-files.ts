import type { Manifest, RenderedApplication } from '@strake/core';
import { plan } from '@strake/gitops';

/** Files as a reader of the page sees them, by name. */
export type ShownFiles = ReadonlyMap<string, string>;

/** The objects of an example, and their files without the folder of the environment. */
export function shownFiles(applications: readonly RenderedApplication[]): ShownFiles {
  const { files } = plan('cart', applications);
  return new Map(
    files
      .filter(({ path }) => path.endsWith('.yaml') && !path.endsWith('/kustomization.yaml'))
      .map(({ path, contents }) => [path.replace(/^environments\/production\/(cart\/)?/, ''), contents]),
  );
}

/** All objects of an example. */
export function manifestsIn(applications: readonly RenderedApplication[]): readonly Manifest[] {
  return applications.flatMap(({ manifests }) => manifests);
}

/** A block of Markdown for each file that is new, or has changed, or is gone. */
export function fileBlocks(before: ShownFiles, after: ShownFiles): string[] {
  const names = [...new Set([...after.keys(), ...before.keys()])].toSorted();
  return names.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === now) return [];
    if (now === undefined) return [`\`${name}\` is no longer written.`, ''];
    const text = old === undefined ? block('yaml', now) : block('diff', differences(old, now));
    return [`\`${name}\``, '', ...text, ''];
  });
}

function block(language: string, text: string): string[] {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => (line.length > 150 ? `${line.slice(0, 110)}...` : line));
  return [`\`\`\`${language}`, ...lines, '```'];
}

const CONTEXT = 3;

/** The lines that differ, with those around them. */
function differences(old: string, now: string): string {
  const lines = lineChanges(old.trimEnd().split('\n'), now.trimEnd().split('\n'));
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some((line) => !line.startsWith(' ')),
  );
  return lines
    .flatMap((line, index) => {
      if (isNear[index] === true) return [line];
      return isNear[index - 1] === true && index < lines.length - 1 ? ['@@'] : [];
    })
    .join('\n')
    .replace(/\n@@$/, '');
}

/** All lines of both texts in order, each with `+`, `-` or a space before it. */
function lineChanges(old: readonly string[], now: readonly string[]): string[] {
  // lengths[row][column] is how many lines the rest of both has in common.
  const lengths = Array.from({ length: old.length + 1 }, () => Array<number>(now.length + 1).fill(0));
  const common = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      const same = old[row] === now[column];
      const longest = same
        ? common(row + 1, column + 1) + 1
        : Math.max(common(row + 1, column), common(row, column + 1));
      lengths[row]?.splice(column, 1, longest);
    }
  }
  const lines: string[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < now.length) {
    if (row < old.length && column < now.length && old[row] === now[column]) {
      lines.push(` ${old[row]}`);
      row += 1;
      column += 1;
    } else if (
      column >= now.length ||
      (row < old.length && common(row + 1, column) >= common(row, column + 1))
    ) {
      lines.push(`-${old[row]}`);
      row += 1;
    } else {
      lines.push(`+${now[column]}`);
      column += 1;
    }
  }
  return lines;
}
