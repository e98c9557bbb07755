import type * as cel from '@marcbachmann/cel-js';
import { createRequire } from 'node:module';

/** The library for rules of schemas, loaded when the first of them is judged: most projects have none. */
export function celLibrary(): typeof cel {
  // An import would have to be awaited, and rules are met in the middle of a check.
  const library: typeof cel = createRequire(import.meta.url)('@marcbachmann/cel-js');
  return library;
}
