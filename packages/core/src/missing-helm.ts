import { finding, type Finding } from './finding.ts';
import type { SourceLine } from './source-line.ts';

/** cdk8s: Helm, when the system finds no such program. */
const NOT_FOUND = /^unable to execute '(.+)' to render Helm chart/;

/** A finding about an error of cdk8s' `Helm`, where it is that there is no program to run: that is no fault of the code. */
export function missingHelm(
  error: unknown,
  path: string,
  source: SourceLine | undefined,
): Finding | undefined {
  const [, program] = (error instanceof Error && NOT_FOUND.exec(error.message)) || [];
  if (program === undefined) return undefined;
  const isUsual = program === 'helm';
  return finding({
    code: 'helm-missing',
    path,
    sources: source === undefined ? [] : [source],
    written: `a chart is rendered, and ${isUsual ? 'no folder of the PATH has `helm`' : `there is no \`${program}\``}`,
    allowed: 'Helm on the machine that renders, in CI too',
    fix: isUsual
      ? 'Install helm, or put the folder that it is in on the PATH.'
      : 'Install helm there, or correct `helmExecutable`.',
  });
}
