import { finding, StrakeError, type FindingInput } from '@strake/core';

/** What keeps values from being sealed, as an error. It has no cause: that could quote a value. */
export function sealError(input: FindingInput): StrakeError {
  return new StrakeError([finding(input)]);
}

/** An option of the command line that is given in another form, or beside one that excludes it. */
export function optionError(option: string, written: string, allowed: string, fix: string): StrakeError {
  return sealError({ code: 'property-invalid', path: option, written, allowed, fix });
}

export function listOf(keys: readonly string[]): string {
  return keys.map((key) => `\`${key}\``).join(', ');
}
