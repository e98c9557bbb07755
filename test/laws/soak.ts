import process from 'node:process';

/** Whether the long run is asked for, which tries everything many more times. */
export const SOAK = process.env['STRAKE_SOAK'] === '1';

/** How often something is tried in the run at hand. */
export function times(normally: number, inSoak: number): number {
  return SOAK ? inSoak : normally;
}

/** Says what a law was tried on, so that a reader of the log sees that it was. */
export function printCounts(law: string, counts: Readonly<Record<string, number | string>>): void {
  const said = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  console.log(`${law}: ${said.join(', ')}`);
}

/** Numbers from 0 to 1 that are the same in every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
