import type { Git } from '../git/git.ts';
import { gitRefusal } from '../git/git-refusal.ts';
import type { GitLocation } from '../git/git-location.ts';
import { IMAGES } from '../images/lock-path.ts';
import { CLUSTERS, ENVIRONMENTS } from '../layout.ts';
import { noRepository } from '../git/no-repository.ts';

/** A file that a commit changes, by the names of git's objects; '' where it is not there. */
export interface RawChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What is known of a commit before it is read. */
export interface HistoryCommit {
  readonly parents: readonly string[];
  /** When it was committed, in milliseconds. */
  readonly time: number;
}

const TIP = 'refs/strake/tip';
const RAW = /^:(?:\d{6} )+((?:[0-9a-f]+ )+)[A-Z]+\d*\t([^"].*)$/;
const NOTHING = /^0+$/;

/** All else in the repository is not Strake's. */
const WANTED = [ENVIRONMENTS, CLUSTERS, IMAGES];

/** The commits of one branch, in a repository of its own. */
export class History {
  readonly #git: Git;
  readonly #location: GitLocation;

  constructor(git: Git, location: GitLocation) {
    this.#git = git;
    this.#location = location;
  }

  /** Fetches the branch; says whether it has a commit. */
  async fetch(branch: string): Promise<boolean> {
    const { url, shown } = this.#location;
    const words = [
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--',
      url,
      `+refs/heads/${branch}:${TIP}`,
    ];
    const { isGood, complaint } = await this.#git.run('fetch', words);
    if (isGood) return true;
    if (complaint.includes("couldn't find remote ref")) return false;
    throw noRepository(this.#location, complaint) ?? gitRefusal('fetch', complaint, shown);
  }

  /** Every commit, newest first. */
  async commits(): Promise<ReadonlyMap<string, HistoryCommit>> {
    const text = await this.#git.text('rev-list', ['--topo-order', '--parents', '--timestamp', TIP]);
    return new Map(
      text.split('\n').map((line) => {
        const [seconds, commit = '', ...parents] = line.split(' ');
        return [commit, { parents, time: Number(seconds) * 1000 }] as const;
      }),
    );
  }

  /** What commits change; of a merge only what differs from all its parents. Paths with unusual characters are left out. */
  async changes(commits: readonly string[]): Promise<ReadonlyMap<string, readonly RawChange[]>> {
    const words = ['--stdin', '-r', '-c', '--root', '--raw', '--no-renames', '--no-abbrev', '--', ...WANTED];
    const text = await this.#git.text('diff-tree', words, {
      input: commits.map((each) => `${each}\n`).join(''),
    });
    const found = new Map<string, RawChange[]>();
    let current: RawChange[] = [];
    for (const line of text.split('\n')) {
      if (/^[0-9a-f]{40,64}$/.test(line)) found.set(line, (current = []));
      const [, ids = '', path = ''] = RAW.exec(line.replace(/^:+/, ':')) ?? [];
      const names = ids.trim().split(' ');
      if (path !== '') current.push({ path, before: objectName(names[0]), after: objectName(names.at(-1)) });
    }
    return found;
  }

  /** The texts of git's objects, by name, which one call of git reads. */
  async texts(names: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const wanted = [...new Set(names)].filter((name) => name !== '');
    const texts = new Map<string, string>();
    if (wanted.length === 0) return texts;
    const all = await this.#git.out('cat-file', ['--batch'], {
      input: wanted.map((each) => `${each}\n`).join(''),
    });
    let at = 0;
    for (const name of wanted) {
      const end = all.indexOf('\n', at);
      const [, kind, size = ''] = all.subarray(at, end).toString('latin1').split(' ');
      if (kind === 'missing') {
        at = end + 1;
        continue;
      }
      texts.set(name, all.subarray(end + 1, end + 1 + Number(size)).toString('utf8'));
      at = end + Number(size) + 2;
    }
    return texts;
  }
}

function objectName(name: string | undefined): string {
  return name === undefined || NOTHING.test(name) ? '' : name;
}
