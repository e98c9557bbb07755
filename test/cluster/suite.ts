import { partAvailability } from './availability.ts';
import type { PartName } from './parts.ts';

/** Whether a suite can run now; says on standard error why not when it cannot. */
export function isWarm(suite: string, parts: readonly PartName[], groups: readonly string[] = []): boolean {
  const availability = partAvailability(parts, groups);
  if (availability !== 'warm') console.error(`${suite}: not run (${availability})`);
  return availability === 'warm';
}
