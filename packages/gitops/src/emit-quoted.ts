const ESCAPED = /["\\\p{Cc}\u2028\u2029\ufeff\ufffe\uffff\u{10000}-\u{10ffff}]/gu;
const EVERY_CHARACTER = /[^]/gu;
const LONE_SURROGATE = /[\ud800-\udfff]/u;

const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\x1b', '\\e'],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\x85', '\\N'],
  ['\xa0', '\\_'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

/** A double-quoted scalar on one line, with the escapes that go-yaml writes. */
export function quoted(text: string): string {
  // After a leading byte order mark go-yaml escapes every character.
  const escaped = text.startsWith('\ufeff') ? EVERY_CHARACTER : ESCAPED;
  return `"${text.replace(escaped, escape)}"`;
}

/** Whether half of a surrogate pair stands alone in the text: UTF-8 has no bytes for it. */
export function hasLoneSurrogate(text: string): boolean {
  return LONE_SURROGATE.test(text);
}

function escape(character: string): string {
  const named = NAMED_ESCAPES.get(character);
  if (named !== undefined) return named;
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
