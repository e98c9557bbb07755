import { isShortKey } from './emit-keys.ts';
import { isPlain } from './emit-plain.ts';

/** The words of Kubernetes and of a project come endlessly again: so many are kept, none longer than this. */
const MOST_KEPT = 4096;
const LONGEST_KEPT = 64;

const keys = new Map<string, string>();
const scalars = new Map<string, string>();

/** A key with its colon, if it stands as it is on the line of its value. */
export function plainKey(key: string): string | undefined {
  return keys.get(key) ?? (isPlain(key) && isShortKey(key) ? kept(keys, key, `${key}:`) : undefined);
}

/** A text behind a space, if it stands as it is. */
export function plainScalar(text: string): string | undefined {
  return scalars.get(text) ?? (isPlain(text) ? kept(scalars, text, ` ${text}`) : undefined);
}

function kept(known: Map<string, string>, text: string, written: string): string {
  // Stryker disable next-line ConditionalExpression,EqualityOperator,LogicalOperator,MethodExpression: only saves the look
  if (text.length <= LONGEST_KEPT && known.size < MOST_KEPT) known.set(text, written);
  return written;
}
