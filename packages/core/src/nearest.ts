import { distance } from 'fastest-levenshtein';

/** The candidate that a misspelt word was most likely meant to be, or undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (typeof word !== 'string' || word.length > 100) return undefined;
  const [best] = candidates
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(
      ({ candidate, edits }) =>
        edits < candidate.length &&
        edits <= Math.max(1, Math.floor(Math.max(word.length, candidate.length) * 0.4)),
    )
    .toSorted((left, right) => left.edits - right.edits);
  return best?.candidate ?? begun(word, candidates);
}

/** The only candidate of which a word is the beginning: `prod` of `production`. */
function begun(word: string, candidates: readonly string[]): string | undefined {
  const [only, ...others] = candidates.filter((each) => each.toLowerCase().startsWith(word.toLowerCase()));
  return word.length >= 3 && others.length === 0 ? only : undefined;
}
