import { writerName } from '../code-name.ts';
import type { Finding } from '../finding.ts';
import { isJsonObject } from '../json.ts';
import type { Claim } from './claim.ts';
import { distinctWriters, valueText, writeProblem, type Place } from './problem.ts';

/** The finding that claims of one layer contradict each other. */
export function conflict(claims: readonly Claim[], place: Place): Finding {
  const writes = claims.map(({ write }) => write);
  const said = distinctWriters(writes).map((writer) => {
    const own = claims.filter(({ write }) => write.writer === writer);
    const wishes = new Set(own.map((claim) => claimText(claim, place)));
    return `${writerName(writer)} (${writer.package}) ${[...wishes].join(', ')}`;
  });
  return writeProblem('conflict', writes, place, {
    written: said.join(' and '),
    allowed: 'one definition of a layer decides a field, or all write the same value',
    fix: 'Detach one of them, or give both the same value.',
  });
}

function claimText(claim: Claim, { steps }: Place): string {
  switch (claim.kind) {
    case 'exact':
      return `writes ${isJsonObject(claim.value) ? 'a map' : valueText(claim.value, steps)}`;
    case 'items':
      return `appends ${valueText(claim.values, steps)}`;
    case 'map':
      return 'writes a map';
    case 'absent':
      return 'removes it';
    case 'delegated':
      return `delegates it to ${claim.to}`;
  }
}
