import process from 'node:process';

/** How many random samples to try: few in an ordinary run, many under STRAKE_SOAK=1, very few for each mutant. */
export function sampleCount(counts: { readonly usual: number; readonly soak: number }): number {
  if (process.env['STRAKE_MUTATION'] === '1') return Math.ceil(counts.usual / 20);
  return process.env['STRAKE_SOAK'] === '1' ? counts.soak : counts.usual;
}
