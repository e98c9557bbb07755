import { countsOf, detailLines, trailersOf, type MessageInput } from './commit-message.ts';

const MOST_FILES = 200;
const MOST_LINES = 200;

/** The body of a pull request: what it changes, and where it comes from. */
export function proposalBody(input: MessageInput): string {
  const touched = input.changes.filter(({ change }) => change !== 'unchanged');
  const files = touched.slice(0, MOST_FILES).map(({ path, change }) => `- ${change} ${quoted(path)}`);
  const more = touched.length - files.length;
  const facts = trailersOf(input).map(([name, value]) => `- ${name}: ${quoted(value)}`);
  return [
    `${countsOf(input.changes)}.`,
    [...files, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n'),
    detailLines(input, MOST_LINES)
      .map((line) => `- ${quoted(line)}`)
      .join('\n'),
    facts.join('\n'),
    'Strake keeps this branch: commits that others push to it stop the next delivery.',
  ]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

function quoted(text: string): string {
  return `\`${text.replaceAll(/[`\p{Cc}]+/gu, ' ')}\``;
}
