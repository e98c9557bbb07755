import { MOST_OF_ONE_KIND } from './first-of-many.ts';

/** One fault of a definition's properties. */
export interface PropertyProblem {
  readonly code: 'property-unknown' | 'property-invalid';
  /** Where: `ports.http.containerPort`; empty for the properties as a whole. */
  readonly property: string;
  readonly written: string;
  readonly allowed: string;
  readonly fix: string;
}

/** A fault of which nothing is said yet. There may be a million, and nobody reads as many. */
export interface Fault {
  /** The same for faults of which the same is allowed. */
  readonly kind: string;
  tell(): PropertyProblem;
}

/** What is wrong, in words. Of very many faults of one kind the last finding says how many more there are. */
export function summarised(faults: Iterable<Fault>): PropertyProblem[] {
  const problems: PropertyProblem[] = [];
  const counts = new Map<string, number>();
  const untold = new Map<string, Fault>();
  for (const fault of faults) {
    const count = (counts.get(fault.kind) ?? 0) + 1;
    counts.set(fault.kind, count);
    if (count <= MOST_OF_ONE_KIND) problems.push(fault.tell());
    else if (count === MOST_OF_ONE_KIND + 1) untold.set(fault.kind, fault);
  }
  const others = [...untold].map(([kind, fault]) =>
    summary(fault.tell(), (counts.get(kind) ?? 0) - MOST_OF_ONE_KIND),
  );
  return [...problems, ...others];
}

/** The first fault that is not told, for all of its kind that are not. */
function summary(first: PropertyProblem, count: number): PropertyProblem {
  const [are, fix] =
    first.code === 'property-unknown'
      ? ['not known', 'Remove or rename them as well.']
      : ['wrong in the same way', 'Correct them as well.'];
  return { ...first, written: `one of ${count} more that are ${are}`, fix };
}
