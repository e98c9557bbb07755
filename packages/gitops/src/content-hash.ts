import { hash } from 'node:crypto';

const MARKER = '"$imagepolicy"';
const RETURN = '\r';

/** A scalar that an image-update bot may set: what stands before it, the scalar, and the marker. */
const MARKED_SCALAR =
  /^( *(?:- +)*(?:[^\s:#"'][^:#"']*: +)?)(?:"(?:[^"\\]|\\.)*"|[^\s"'{}[\]&*!|>#%@`][^\s#]*)( +# *\{"\$imagepolicy": *"[^"]*"\} *)$/;
const OPENS_BLOCK = /^( *(?:- +)*)(.*: +)?[|>][-+\d]*(?: +#.*)?$/;

/**
 * SHA-256 of a file's contents, in hexadecimal, without what may change behind Strake's back: scalars that carry an
 * image marker, and line ends that git has turned into Windows' own.
 */
export function contentHash(contents: Buffer | string): string {
  if (!contents.includes(MARKER) && !contents.includes(RETURN)) return hash('sha256', contents, 'hex');
  const bytes = typeof contents === 'string' ? Buffer.from(contents) : contents;
  // Every byte is a character of Latin-1, so nothing gets lost on the way.
  const lines = bytes.toString('latin1').replaceAll('\r\n', '\n').split('\n');
  return hash('sha256', Buffer.from(withoutMarkedScalars(lines).join('\n'), 'latin1'), 'hex');
}

/** Lines of a literal block are somebody's text, even where they look like a marked scalar. */
function withoutMarkedScalars(lines: readonly string[]): string[] {
  let block: number | undefined;
  return lines.map((line) => {
    const indentation = line.search(/[^ ]/);
    if (block !== undefined && (indentation < 0 || indentation > block)) return line;
    block = blockIndentation(line);
    return line.replace(MARKED_SCALAR, '$1$2');
  });
}

/** The indentation that all lines of a block exceed, if the line opens one. */
function blockIndentation(line: string): number | undefined {
  const [, lead, key] = OPENS_BLOCK.exec(line) ?? [];
  return (key === undefined ? lead?.replace(/- +$/, '') : lead)?.length;
}
