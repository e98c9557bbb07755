import * as fc from 'fast-check';

/** Any character that is not half of a pair; what `unit: 'binary'` is, which lists all of Unicode before its first string. */
export const codePoint = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map((number) => String.fromCodePoint(number < 0xd800 ? number : number + 0x800));
