/** A tab is the only control character of a block, besides its line breaks. */
const NOT_LITERAL =
  /^\s| $| \n|(?![\t\n])\p{Cc}|[\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff\u{10000}-\u{10ffff}]/u;
const WIDE_LIST = /^( *)[^\s:#-][^:#\n]*:\n\1 {2}-(?: |$)/m;
const COMPACT_LIST = /^( *)(?! ).*: *(?:#.*)?\n(?: *#.*\n)*\1- /m;

/** Whether a literal block holds the text, and go-yaml writes that block as it read it. */
export function isLiteral(text: string): boolean {
  return text.includes('\n') && !NOT_LITERAL.test(text);
}

/** Whether the text can stand behind a `#`. */
export function isComment(text: string): boolean {
  return text !== '' && !text.includes('\n') && !NOT_LITERAL.test(text);
}

/** A literal block; `newline` is a line break and the indentation of the block's lines. */
export function literal(text: string, newline: string): string {
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  const chomping = body === text ? '-' : body.endsWith('\n') ? '+' : '';
  return `|${chomping}${newline}${body.replace(/\n(?=[^\n])/g, newline)}`;
}

/**
 * Whether the text, as a block after this YAML, would make kyaml indent the lists of the whole file anew: it takes the
 * indentation from the first lines that look like a list under its key, and these may be lines of a block.
 */
export function misleadsKyaml(text: string, yaml: string): boolean {
  return COMPACT_LIST.test(text) && !WIDE_LIST.test(yaml);
}
