import { finding, StrakeError, type Component } from '@strake/core';

/** Refuses a component whose name leaves no room for what a controller appends to the names of what it makes. */
export function checkNameLength({ name, node }: Component, most: number, why: string): void {
  if (name.length <= most) return;
  throw new StrakeError([
    finding({
      code: 'name-invalid',
      path: node.path,
      written: `the name \`${name}\` of ${name.length} characters`,
      allowed: `at most ${most} characters: ${why}`,
      fix: `Shorten it by ${name.length - most}.`,
    }),
  ]);
}
