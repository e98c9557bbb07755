import type { Violation } from './violation.ts';

/** What every definition says of itself. */
interface Described {
  readonly name: string;
  readonly package: string;
  readonly summary: string;
}

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const PACKAGE = /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/;
const SENTENCE = /^[A-Z`][^\n]*\.$/;

/** What is wrong with a definition's name, package and summary, by which findings and catalogues show it. */
export function undescribed({ name, package: from, summary }: Described): Violation[] {
  const found: string[] = [];
  if (!NAME.test(name)) found.push(`the name \`${name}\` is not in kebab-case`);
  if (!PACKAGE.test(from)) found.push(`\`${from}\` is not the name of an npm package`);
  if (!SENTENCE.test(summary)) found.push(`the summary \`${summary}\` is not one sentence with a full stop`);
  return found.map((written) => ({
    invariant: 'definition-is-described',
    definitions: [name],
    component: 'definition',
    written,
  }));
}
