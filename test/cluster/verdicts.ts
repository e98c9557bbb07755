import type { Verdict } from './apply.ts';

/** What the API server said of many objects, in one line. */
export function countsText(verdicts: readonly Verdict[]): string {
  const rejected = verdicts.filter((verdict) => verdict.rejected !== undefined).length;
  const warnings = verdicts.flatMap((verdict) => verdict.warnings).length;
  const lost = verdicts.flatMap((verdict) => verdict.lost).length;
  const anew = verdicts.filter((verdict) => verdict.storedAnew).length;
  const changed = verdicts.filter((verdict) => verdict.changedAgain).length;
  return `${verdicts.length} objects, ${rejected} rejected, ${warnings} warnings, ${lost} fields lost, ${changed} changed by the second apply (${anew} stored anew)`;
}
