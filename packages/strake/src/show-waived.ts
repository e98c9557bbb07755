import type { WaivedFinding } from '@strake/core/tools';
import type { Io } from './io.ts';

/** Prints what was found and waived, once for all environments in which it is: who permits it answers for it. */
export function showWaived(waived: readonly WaivedFinding[], io: Io): void {
  const environments = new Map<string, string[]>();
  for (const { rule, environment, application, object, reason, until } of waived) {
    const text = [rule, `${application} ${object}`, `until ${until}: ${reason}`];
    const key = JSON.stringify(text);
    environments.set(key, [...(environments.get(key) ?? []), environment]);
  }
  for (const [key, names] of environments) {
    const [rule = '', place = '', why = ''] = JSON.parse(key) as readonly string[];
    io.out(
      `${io.colors.dim('waived')}  ${io.colors.bold(rule)}  ${place} (${[...new Set(names)].join(', ')})  ${why}\n`,
    );
  }
}
