/** As long as a name may be that a finding shows whole. Names that Kubernetes knows are shorter, but for some with a domain. */
const LONGEST_NAME = 100;

/** As many names as a finding lists. */
const LONGEST_LIST = 100;

/** The beginning of a text that is too long to be shown. */
export function shortText(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 3)}...` : text;
}

/** A name or key as findings show it. Types do not hold in JavaScript: where it is an object, only that is said. */
export function shortName(name: unknown): string {
  const isObject = (typeof name === 'object' && name !== null) || typeof name === 'function';
  return isObject ? `[${typeof name}]` : shortText(String(name), LONGEST_NAME);
}

/** Beginning and end of a text that is too long to be shown: what is said about a name stands around it. */
export function bothEnds(text: string, longest: number): string {
  if (typeof text !== 'string' || text.length <= longest) return text;
  const half = Math.floor((longest - 5) / 2);
  return `${text.slice(0, half)} ... ${text.slice(-half)}`;
}

/** Names as a finding lists them: `` `staging`, `production` ``, and of very many how many more there are. */
export function namesText(names: readonly string[]): string {
  const shown = names.slice(0, LONGEST_LIST).map((each) => `\`${shortName(each)}\``);
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}
