import process from 'node:process';
import { contentHash } from '../content-hash.ts';
import { forgeKind, type ForgeKind } from '../forge/forge.ts';
import type { Variables } from '../git/git-environment.ts';
import { gitLocation } from '../git/git-location.ts';
import { withPrivateGit } from '../git/private-clone.ts';
import { IMAGES } from '../images/lock-path.ts';
import { placeOf } from '../layout.ts';
import { History, type HistoryCommit, type RawChange } from './history.ts';
import { commitText, type CommitText, type LoggedCommit, type LoggedFile } from './logged-commit.ts';

const GIT_TIMEOUT = 300_000;
const AT_ONCE = 200;

export interface ReadLogOptions {
  /** Path or URL of the repository. */
  readonly repository: string;
  /**
   * Folder that a path is relative to.
   * @default - the working directory
   */
  readonly directory?: string;
  /** @default 'main' */
  readonly branch?: string;
  /** @default - the forge that the name of the server says */
  readonly forge?: ForgeKind;
  /** @default - the environment of the process */
  readonly variables?: Variables;
  /**
   * Milliseconds that one call of git may take.
   * @default 300000
   */
  readonly timeout?: number;
  /**
   * When the oldest commit of interest came into the branch, in milliseconds.
   * @default - the whole history
   */
  readonly since?: number;
  /** Which files are of interest. */
  readonly isWanted?: (file: { readonly environment: string; readonly application: string }) => boolean;
}

type Commits = ReadonlyMap<string, HistoryCommit>;

/** The commits of a repository's branch that change wanted files, newest first, handed over as they are read. */
export async function readLog(
  options: ReadLogOptions,
  use: (commit: LoggedCommit) => 'go on' | 'enough',
): Promise<void> {
  const { variables = process.env, branch = 'main', timeout = GIT_TIMEOUT } = options;
  const { since = -Infinity, isWanted = () => true } = options;
  const location = gitLocation(options.repository, options.directory ?? process.cwd());
  const user = forgeKind(location, options.forge) === 'gitlab' ? 'oauth2' : 'x-access-token';
  await withPrivateGit({ location, variables, user, timeout }, async (git) => {
    const history = new History(git, location);
    if (!(await history.fetch(branch))) return;
    const known = await history.commits();
    const merges = mergesOf(known);
    const timeOf = (commit: string) => known.get(merges.get(commit) ?? commit)?.time ?? 0;
    const commits = [...known.keys()].filter((commit) => timeOf(commit) >= since);
    for (let start = 0; start < commits.length; start += AT_ONCE) {
      const some = commits.slice(start, start + AT_ONCE);
      for (const each of await loggedCommits(some, { history, merges, isWanted }))
        if (use(each) === 'enough') return;
    }
  });
}

interface LogInput {
  readonly history: History;
  readonly merges: ReadonlyMap<string, string>;
  readonly isWanted: NonNullable<ReadLogOptions['isWanted']>;
}

async function loggedCommits(commits: readonly string[], input: LogInput): Promise<readonly LoggedCommit[]> {
  const { history, merges, isWanted } = input;
  const changes = new Map(
    [...(await history.changes(commits))]
      .map(([commit, all]) => [commit, all.filter(({ path }) => isOfInterest(path, isWanted))] as const)
      .filter(([, all]) => all.length > 0),
  );
  const mergers = [...changes.keys()].flatMap((commit) => merges.get(commit) ?? []);
  const texts = await history.texts([...changes.keys(), ...mergers]);
  const contents = await history.texts(
    [...changes.values()].flat().flatMap(({ before, after }) => [before, after]),
  );
  const read = (commit: string): CommitText => commitText(texts.get(commit) ?? '');
  return commits.flatMap((commit) => {
    const all = changes.get(commit);
    if (all === undefined) return [];
    const merge = merges.get(commit);
    const { date, author } = read(merge ?? commit);
    const files = all.map((change) => loggedFile(change, contents));
    const mergedBy = merge === undefined ? {} : { mergedBy: { commit: merge, date, author } };
    return [{ commit, ...read(commit), ...mergedBy, files }];
  });
}

function loggedFile({ path, before, after }: RawChange, contents: ReadonlyMap<string, string>): LoggedFile {
  const [old, wanted] = [contents.get(before), contents.get(after)];
  const isMarkedOnly =
    old !== undefined &&
    wanted !== undefined &&
    contentHash(Buffer.from(old)) === contentHash(Buffer.from(wanted));
  return { path, ...placeIn(path), before: old, after: wanted, isMarkedOnly };
}

function isOfInterest(path: string, isWanted: LogInput['isWanted']): boolean {
  const place = placeIn(path);
  return place.environment !== '' && place.application !== '' && isWanted(place);
}

/** As `placeOf`, of image locks too. */
function placeIn(path: string) {
  const [root, environment = '', application = ''] = path.split('/');
  return root === IMAGES ? { environment, application } : placeOf(path);
}

/** By which merge a commit came into the branch: for those that are not on the line of first parents. */
function mergesOf(commits: Commits): ReadonlyMap<string, string> {
  const line: string[] = [];
  const seen = new Set<string>();
  let [current] = commits.keys();
  while (current !== undefined && !seen.has(current)) {
    line.push(current);
    seen.add(current);
    current = commits.get(current)?.parents[0];
  }
  const merges = new Map<string, string>();
  // The oldest merge first: what it has brought is not brought again by a later one.
  for (const merge of line.toReversed()) {
    const waiting = (commits.get(merge)?.parents ?? []).slice(1);
    for (let commit = waiting.pop(); commit !== undefined; commit = waiting.pop()) {
      if (seen.has(commit)) continue;
      seen.add(commit);
      merges.set(commit, merge);
      waiting.push(...(commits.get(commit)?.parents ?? []));
    }
  }
  return merges;
}
