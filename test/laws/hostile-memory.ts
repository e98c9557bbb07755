import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose_gc');
const collect: () => void = runInNewContext('gc');

/** Frees what nobody uses any more, so that memory says what is needed and not when the collector came by. */
export function collectGarbage(): void {
  collect();
}

/** The most memory that this process has had so far, in MiB. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}
