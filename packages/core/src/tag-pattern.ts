/** Go's own syntax that JavaScript lacks, and JavaScript's that Go lacks: lookaround and references back. */
const NOT_SHARED = /\(\?(?:<?[=!]|[imsU-]+[:)])|\\(?:[1-9]|k<|[AzCQEpPx])|\[\[:/;

/**
 * A regular expression of Flux (Go: regexp), as JavaScript has it. Undefined where it is none, and where the two languages
 * would not agree on what it matches.
 */
export function tagPattern(pattern: string): RegExp | undefined {
  if (NOT_SHARED.test(pattern)) return undefined;
  try {
    return new RegExp(pattern.replaceAll('(?P<', '(?<'), 'u');
  } catch {
    return undefined;
  }
}
