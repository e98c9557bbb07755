import { setTimeout as sleep } from 'node:timers/promises';

/** How long to go on asking. */
export interface Patience {
  /** @default 60 */
  readonly seconds?: number;
  /** Ends the waiting early by what it throws. */
  readonly check?: () => void;
}

/** Asks until there is an answer, and returns it; what `last` tells is in the error when there is none in time. */
export async function eventually<Value>(
  wanted: string,
  probe: () => Promise<Value | undefined>,
  patience: Patience = {},
  last: () => string = () => '',
): Promise<Value> {
  const seconds = patience.seconds ?? 60;
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    patience.check?.();
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${wanted}; ${last()}`);
    await sleep(200);
  }
}
