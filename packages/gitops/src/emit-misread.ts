/** Booleans, nulls, and the merge and value keys of YAML 1.1, YAML 1.2 and go-yaml. */
const WORDS = new Set(
  ['true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n', 'null', '~', '=', '<<'].flatMap(spellings),
);

const EXPONENT = /^e[-+]?\d+$/i;
/** Also a sign alone, and a dot alone. */
const DECIMAL = /^[-+]?\d*\.?\d*(?:e[-+]?\d+)?$/i;
const RADIX = /^[-+]?0[box]/i;
const SEXAGESIMAL = /^[-+]?\d+(?::\d+)+(?:\.\d*)?$/;
const INFINITE_OR_NAN = /^[-+]?\.(?:inf|nan)$/i;
const DATE = /^\d{4}-\d/;
const INDICATOR = /^(?:- |---|\.\.\.)/;

/** Whether some parser takes the word for something else than a string. */
export function isMisreadWord(text: string): boolean {
  // The `yaml` package reads a lone exponent as a number in YAML 1.1.
  return WORDS.has(text) || EXPONENT.test(text);
}

/** Whether some parser takes a text that begins with a digit, a sign or a dot for something else than a string. */
export function isMisreadNumber(text: string): boolean {
  // go-yaml drops underscores, wherever they are, before it looks for a number.
  // Stryker disable next-line StringLiteral: saves the search for those that have none
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  return (
    DECIMAL.test(digits) ||
    RADIX.test(digits) ||
    SEXAGESIMAL.test(digits) ||
    INFINITE_OR_NAN.test(text) ||
    DATE.test(text) ||
    INDICATOR.test(text)
  );
}

function spellings(word: string): readonly string[] {
  return [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()];
}
