const SHOWN_SEGMENTS = 12;

/** The keys and indexes that lead from the document to a value. */
export type Path = readonly (string | number)[];

/** JSON pointer (RFC 6901) to the value at the end of a path. */
export function pointerTo(path: Path): string {
  let pointer = '';
  // Stryker disable next-line ConditionalExpression,StringLiteral: an index has nothing to escape
  for (const segment of path) pointer += `/${typeof segment === 'number' ? segment : escaped(segment)}`;
  return pointer;
}

/** The error for a value that YAML cannot hold. */
export function unwritable(path: Path, reason: string): TypeError {
  const pointer = pointerTo(path.slice(0, SHOWN_SEGMENTS)) + (path.length > SHOWN_SEGMENTS ? '/…' : '');
  return new TypeError(`cannot write ${JSON.stringify(pointer)}: ${reason}`);
}

/** What a value is, in the words of an error. */
export function describe(value: unknown): string {
  if (typeof value === 'number') return `${value}, not a finite number`;
  if (value === undefined) return 'undefined';
  if (
    typeof value !== 'object' ||
    // Stryker disable next-line ConditionalExpression: null can be written, and so is never described
    value === null
  )
    return `a ${typeof value}`;
  const { constructor } = value;
  return typeof constructor === 'function' && constructor.name !== ''
    ? `a ${constructor.name}`
    : 'a class instance';
}

function escaped(segment: string): string {
  return /[~/]/.test(segment) ? segment.replaceAll('~', '~0').replaceAll('/', '~1') : segment;
}
