/** One branch that a push is to set. */
export interface Push {
  readonly branch: string;
  /** The commit that the branch is to be at; undefined to delete it. */
  readonly commit: string | undefined;
  /** Where the branch must be for a push that is no fast-forward; '' where it must not be yet. */
  readonly lease?: string;
}

/** How a push has ended: `moved` where somebody else was faster. */
export type PushEnd = 'done' | 'moved' | { readonly refused: string };

const MOVED =
  /fetch first|non-fast-forward|stale info|cannot lock ref|failed to (?:update|lock) ref|incorrect old value|already exists|needs force|Unable to create .*\.lock|remote ref updated since checkout/i;

/** The words of `git push` that say what is pushed where. */
export function pushWords(url: string, { branch, commit = '', lease }: Push): string[] {
  const ref = `refs/heads/${branch}`;
  const leases = lease === undefined ? [] : [`--force-with-lease=${ref}:${lease}`];
  return ['--porcelain', '--no-verify', ...leases, '--', url, `${commit}:${ref}`];
}

/** Reads what `git push --porcelain` prints; undefined when it did not come as far as the branch. */
export function pushEnd(porcelain: string, complaint: string): PushEnd | undefined {
  const line = porcelain.split('\n').find((each) => /^[ +\-*!=]\t/.test(each));
  if (line === undefined) return undefined;
  if (!line.startsWith('!')) return 'done';
  const [, , summary = ''] = line.split('\t');
  return MOVED.test(summary) ? 'moved' : { refused: `${summary} ${complaint}` };
}
