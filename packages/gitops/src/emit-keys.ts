const INSERTION_SORT_LIMIT = 16;
/** What tells which object, or which element of a list, a map is about; last first. */
const LEAD = ['namespace', 'name', 'metadata', 'kind', 'apiVersion'];

const SHORT_KEY_BYTES = 128;
const BYTES_PER_CODE_UNIT = 3;
const LINE_BREAK = /[\n\r\x85\u2028\u2029]/;
const utf8 = new TextEncoder();

/** Keys of a map in the order they are written, whatever the order they were set in. */
export function orderedKeys(map: object): readonly string[] {
  const keys = Object.keys(map);
  // Stryker disable next-line ConditionalExpression,EqualityOperator: both ways sort alike
  if (keys.length > INSERTION_SORT_LIMIT) keys.sort();
  else insertionSort(keys);
  for (const key of LEAD) {
    const index = keys.indexOf(key);
    // Stryker disable next-line EqualityOperator: a key that moves to its own place stays
    if (index > 0) moveForward(keys, index, 0);
  }
  return keys;
}

/** Whether go-yaml leaves the key on the line of its value. */
export function isShortKey(key: string): boolean {
  // Stryker disable next-line ConditionalExpression,EqualityOperator: saves the encoding of keys that are short anyhow
  return key.length * BYTES_PER_CODE_UNIT <= SHORT_KEY_BYTES || utf8.encode(key).length <= SHORT_KEY_BYTES;
}

/** Whether some YAML version sees the end of a line in the key. */
export function hasLineBreak(key: string): boolean {
  return LINE_BREAK.test(key);
}

/** By UTF-16 code unit, as the built-in sort, and faster than it for the few keys of most maps. */
function insertionSort(keys: string[]): void {
  for (let end = 1; end < keys.length; end++) {
    // Stryker disable next-line StringLiteral: there is a key
    const key = keys[end] ?? '';
    let place = end;
    // Stryker disable next-line ConditionalExpression,EqualityOperator,StringLiteral: nothing is less than no key
    while (place > 0 && key < (keys[place - 1] ?? '')) place--;
    // Stryker disable next-line ConditionalExpression,EqualityOperator: a key that moves to its own place stays
    if (place < end) moveForward(keys, end, place);
  }
}

function moveForward(keys: string[], from: number, to: number): void {
  // Stryker disable next-line StringLiteral: there is a key
  const key = keys[from] ?? '';
  // Stryker disable next-line EqualityOperator,StringLiteral: the place that it moves to is written last
  for (let index = from; index > to; index--) keys[index] = keys[index - 1] ?? '';
  keys[to] = key;
}
