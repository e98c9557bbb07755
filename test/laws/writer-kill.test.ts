import { expect, test } from 'vitest';
import { killWriters } from './killed-writers.ts';
import { printCounts, times } from './soak.ts';

test('a writer that is killed at any instant loses nothing, and the next run heals', async () => {
  const kills = times(15, 1000);
  const { round, ...counts } = await killWriters(kills, 20251122);
  printCounts('killed writers', {
    kills: counts.kills,
    'within a write': counts.withinWrite,
    'with a temporary file': counts.withTemporary,
    'with a lock': counts.withLock,
    'with files of both plans': counts.mixed,
    'on top of a kill': counts.onTop,
    'ms a round of two writes': round,
  });
  expect(counts.kills).toBe(kills);
  expect(counts.withLock, 'a lock that never is left behind is not put to the test').toBeGreaterThan(
    kills / 4,
  );
  expect(counts.withinWrite, 'a kill that meets no write proves nothing').toBeGreaterThan(kills / 4);
});
