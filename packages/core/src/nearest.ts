import { distance } from 'fastest-levenshtein';

/** What is longer was hardly meant to be one of the candidates. */
const LONGEST_WORD = 100;

/** Who has more names than these gets no suggestion of the others. Each word is compared with each. */
const MOST_CANDIDATES = 1000;

/** The candidate that a misspelt word was most likely meant to be, or undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (typeof word !== 'string' || word.length > LONGEST_WORD) return undefined;
  const near = candidates.slice(0, MOST_CANDIDATES).filter(({ length }) => length <= 2 * LONGEST_WORD);
  const [best] = near
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(
      ({ candidate, edits }) =>
        edits < candidate.length &&
        edits <= Math.max(1, Math.floor(Math.max(word.length, candidate.length) * 0.4)),
    )
    .toSorted((left, right) => left.edits - right.edits);
  return best?.candidate ?? begun(word, near);
}

/** The only candidate of which a word is the beginning: `prod` of `production`. */
function begun(word: string, candidates: readonly string[]): string | undefined {
  const [only, ...others] = candidates.filter((each) => each.toLowerCase().startsWith(word.toLowerCase()));
  return word.length >= 3 && others.length === 0 ? only : undefined;
}
