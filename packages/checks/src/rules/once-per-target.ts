import type { RuleTarget } from '@strake/core';

/**
 * Works something out once for an application, however many rules ask for it. Rules look at one application after the
 * other, so that only what belongs to the last one is remembered.
 */
export function oncePerTarget<Result>(
  workOut: (target: RuleTarget) => Result,
): (target: RuleTarget) => Result {
  let last: { readonly target: RuleTarget; readonly result: Result } | undefined;
  return (target) => {
    if (last?.target !== target) last = { target, result: workOut(target) };
    return last.result;
  };
}
