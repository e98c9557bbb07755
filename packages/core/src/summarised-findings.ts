import type { Finding } from './finding.ts';
import { MOST_OF_ONE_KIND } from './first-of-many.ts';

/**
 * The findings, and of very many about one object or place that ask for the same only the first, with one that says how many
 * more there are. What is summarised already stays as it is.
 */
export function summarisedFindings(findings: readonly Finding[]): Finding[] {
  if (findings.length <= MOST_OF_ONE_KIND + 1) return [...findings];
  const totals = new Map<string, number>();
  for (const each of findings) totals.set(kindOf(each), (totals.get(kindOf(each)) ?? 0) + 1);
  const counts = new Map<string, number>();
  return findings.flatMap((each) => {
    const kind = kindOf(each);
    const total = totals.get(kind) ?? 0;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count <= MOST_OF_ONE_KIND || total === MOST_OF_ONE_KIND + 1) return [each];
    return count === MOST_OF_ONE_KIND + 1 ? [summary(each, total - MOST_OF_ONE_KIND)] : [];
  });
}

function kindOf({ path, code, severity, object, allowed }: Finding): string {
  return [path, code, severity, object, allowed].join('\0');
}

/** The first finding that is left out, for all that are. */
function summary(first: Finding, count: number): Finding {
  return {
    ...first,
    written: `${count} more of the kind, and the first of them: ${first.written}`,
    fix: 'Mend what is told, and run it again.',
  };
}
