import { join } from 'node:path';
import { gitCredential } from './git-credential.ts';
import { gitEnvironment, pinnedSettings, type Variables } from './git-environment.ts';
import type { GitLocation } from './git-location.ts';
import { gitRefusal } from './git-refusal.ts';
import { Git } from './git.ts';
import { branchMissing, noRepository } from './no-repository.ts';
import { pushEnd, pushWords, type Push } from './push.ts';
import { RepositoryTree, type FileChanges } from './repository-tree.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

const NOTES = 'refs/notes/strake';
const NOTE_ATTEMPTS = 5;
const TIP = 'refs/strake/tip';
const PROPOSALS = 'refs/strake/proposals';

export interface CloneOptions {
  readonly location: GitLocation;
  /** Branch that is delivered to. */
  readonly branch: string;
  /** What the names of the branches begin with that are read besides. */
  readonly proposals: string;
  readonly variables: Variables;
  /** Who the server is told it is, where STRAKE_TOKEN is the password. */
  readonly user: string;
  /** Milliseconds that one call of git may take. */
  readonly timeout: number;
}

/** The commits that a fetch has found: undefined in a repository without any. */
export interface Fetched {
  readonly tip: string | undefined;
  /** The other branches, by name. */
  readonly proposals: ReadonlyMap<string, string>;
}

export interface CommitInput {
  readonly parent: string | undefined;
  readonly changes: FileChanges;
  readonly message: string;
  readonly isSigned: boolean;
  /** Who is named as author, as `Name <address>`, where that is not the committer. */
  readonly author?: string;
}

/** A bare clone of its own, of the newest commits only: nobody's checkout, index or configuration is touched. */
export class PrivateClone {
  readonly #git: Git;
  readonly #options: CloneOptions;
  readonly #folder: string;
  readonly #ids = new Map<string, string>();
  #index = 0;

  constructor(git: Git, folder: string, options: CloneOptions) {
    this.#git = git;
    this.#folder = folder;
    this.#options = options;
  }

  async fetch(): Promise<Fetched> {
    const { location, branch, proposals } = this.#options;
    const fetched = await this.#git.run('fetch', [
      '--quiet',
      '--prune',
      '--no-tags',
      '--no-write-fetch-head',
      '--depth=1',
      '--',
      location.url,
      `+refs/heads/${branch}:${TIP}`,
      `+refs/heads/${proposals}*:${PROPOSALS}/*`,
    ]);
    if (!fetched.isGood) {
      if (!fetched.complaint.includes("couldn't find remote ref"))
        throw (
          noRepository(location, fetched.complaint) ?? gitRefusal('fetch', fetched.complaint, location.shown)
        );
      if (await this.#hasBranches()) throw branchMissing(branch, location);
      return { tip: undefined, proposals: new Map() };
    }
    const refs = await this.#git.text('for-each-ref', ['--format=%(objectname) %(refname)', 'refs/strake']);
    const commits = new Map(
      refs.split('\n').map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]),
    );
    const others = [...commits].filter(([ref]) => ref.startsWith(`${PROPOSALS}/`));
    return {
      tip: commits.get(TIP),
      proposals: new Map(others.map(([ref, id]) => [`${proposals}${ref.slice(PROPOSALS.length + 1)}`, id])),
    };
  }

  async #hasBranches(): Promise<boolean> {
    return (await this.#git.text('ls-remote', ['--heads', '--', this.#options.location.url])) !== '';
  }

  async tree(commit: string | undefined): Promise<RepositoryTree> {
    if (commit === undefined) return new RepositoryTree();
    return RepositoryTree.parse(await this.#git.out('ls-tree', ['-r', '-l', '-z', commit]));
  }

  /** The tree with the bytes of these files, which one call of git reads. */
  async load(tree: RepositoryTree, paths: Iterable<string>): Promise<RepositoryTree> {
    const missing = tree.missing(paths);
    if (missing.size === 0) return tree;
    const input = [...missing.values()].map((id) => `${id}\n`).join('');
    const all = await this.#git.out('cat-file', ['--batch'], { input });
    const contents = new Map<string, Buffer>();
    let at = 0;
    for (const path of missing.keys()) {
      const end = all.indexOf('\n', at);
      const size = Number(all.subarray(at, end).toString('latin1').split(' ')[2]);
      contents.set(path, all.subarray(end + 1, end + 1 + size));
      at = end + size + 2;
    }
    return tree.withContents(contents);
  }

  /** The message of a commit. */
  async message(commit: string): Promise<string> {
    const text = await this.#git.text('cat-file', ['commit', commit]);
    return text.slice(text.indexOf('\n\n') + 2);
  }

  /** The commit that a commit stands on; undefined for a first one, and where the server does not give it. */
  async parent(commit: string): Promise<string | undefined> {
    const text = await this.#git.text('cat-file', ['commit', commit]);
    const [, parent] = /^tree [0-9a-f]+\nparent ([0-9a-f]+)\n/.exec(text) ?? [];
    if (parent === undefined) return undefined;
    const words = ['--quiet', '--no-tags', '--no-write-fetch-head', '--depth=1', '--'];
    const known = await this.#git.run('cat-file', ['-e', `${parent}^{tree}`]);
    if (known.isGood) return parent;
    const { isGood } = await this.#git.run('fetch', [...words, this.#options.location.url, parent]);
    return isGood ? parent : undefined;
  }

  /** Commits changes on top of a parent. */
  async commit({ parent, changes, message, isSigned, author }: CommitInput): Promise<string> {
    const ids = await this.#store([...changes.values()].filter((contents) => contents !== undefined));
    const variables = { GIT_INDEX_FILE: join(this.#folder, `index-${++this.#index}`) };
    if (parent !== undefined) await this.#git.out('read-tree', [parent], { variables });
    const lines = [...changes].map(([path, contents]) =>
      contents === undefined ? `0 ${'0'.repeat(40)}\t${path}\0` : `100644 ${ids.get(contents)}\t${path}\0`,
    );
    await this.#git.out('update-index', ['-z', '--index-info'], { variables, input: lines.join('') });
    const tree = await this.#git.text('write-tree', [], { variables });
    const [, name = '', address = ''] = /^(.*?)\s*<(.+)>$/.exec(author ?? '') ?? [];
    return this.#git.text(
      'commit-tree',
      [tree, ...(parent === undefined ? [] : ['-p', parent]), ...(isSigned ? ['-S'] : []), '-F', '-'],
      {
        input: message,
        ...(address !== '' && { variables: { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: address } }),
      },
    );
  }

  /** Puts texts into the clone, all with one call; those that an earlier attempt has put there are known. */
  async #store(texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const unknown = [...new Set(texts)].filter((text) => !this.#ids.has(text));
    if (unknown.length === 0) return this.#ids;
    const input = unknown.flatMap((text, index) => {
      const bytes = Buffer.from(text);
      return [
        Buffer.from(`blob\nmark :${index + 1}\ndata ${bytes.length}\n`),
        bytes,
        Buffer.from(`\nget-mark :${index + 1}\n`),
      ];
    });
    const out = await this.#git.text('fast-import', ['--quiet', '--done'], {
      input: Buffer.concat([...input, Buffer.from('done\n')]),
    });
    for (const [index, id] of out.split('\n').entries()) this.#ids.set(unknown[index] ?? '', id);
    return this.#ids;
  }

  /** Pushes one branch. Says `moved` where somebody else was faster; throws a finding where it is refused. */
  async push(push: Push): Promise<'done' | 'moved'> {
    const { url } = this.#options.location;
    const { isGood, out, complaint } = await this.#git.run('push', pushWords(url, push));
    const end = pushEnd(out.toString('utf8'), complaint) ?? (isGood ? 'done' : { refused: complaint });
    if (typeof end === 'string') return end;
    throw gitRefusal('push', end.refused, push.branch);
  }

  /** Adds notes to commits that are pushed already; says why that did not succeed. */
  async note(
    notes: readonly { readonly commit: string; readonly text: string }[],
  ): Promise<string | undefined> {
    const { url } = this.#options.location;
    let complaint = '';
    for (let attempt = 0; attempt < NOTE_ATTEMPTS; attempt++) {
      // Nothing is there to be fetched where there are no notes yet.
      await this.#git.run('fetch', ['--quiet', '--no-tags', '--depth=1', '--', url, `+${NOTES}:${NOTES}`]);
      for (const { commit, text } of notes)
        await this.#git.out('notes', [`--ref=${NOTES}`, 'add', '--force', '--file=-', commit], {
          input: text,
        });
      const pushed = await this.#git.run('push', ['--no-verify', '--', url, `${NOTES}:${NOTES}`]);
      if (pushed.isGood) return undefined;
      ({ complaint } = pushed);
    }
    return complaint;
  }

  /** Whether the user's git has a switch turned on. */
  async isSet(name: string): Promise<boolean> {
    const { out } = await this.#git.run('config', ['--type=bool', '--get', name]);
    return out.toString('utf8').trim() === 'true';
  }
}

/** Hands over a clone that is gone afterwards. */
export async function withPrivateClone<Result>(
  options: CloneOptions,
  use: (clone: PrivateClone) => Promise<Result>,
): Promise<Result> {
  return withPrivateGit(options, (git, folder) => use(new PrivateClone(git, folder, options)));
}

/** Hands over git with an empty bare repository that is gone afterwards. */
export async function withPrivateGit<Result>(
  options: Omit<CloneOptions, 'proposals' | 'branch'>,
  use: (git: Git, folder: string) => Promise<Result>,
): Promise<Result> {
  const { location, variables, user, timeout } = options;
  return inTemporaryFolder(async (folder) => {
    const setting = {
      folder,
      variables: { ...gitEnvironment(variables), ...gitCredential(location, variables, user) },
      pinned: pinnedSettings(location.protocol),
      place: location.shown,
      timeout,
    };
    const outside = new Git(setting);
    await outside.out('init', ['--quiet', '--bare', '--template=', 'clone.git']);
    if (location.protocol === 'ssh') Object.assign(setting.variables, await quietSsh(outside, variables));
    const inside = new Git({
      ...setting,
      variables: { ...setting.variables, GIT_DIR: join(folder, 'clone.git') },
    });
    return use(inside, folder);
  });
}

/** ssh asks nobody anything, unless the user has said how it is called. */
async function quietSsh(git: Git, variables: Variables): Promise<Record<string, string>> {
  if (variables['GIT_SSH_COMMAND'] !== undefined || variables['GIT_SSH'] !== undefined) return {};
  const { out } = await git.run('config', ['--get', 'core.sshCommand']);
  return out.length > 0 ? {} : { GIT_SSH_COMMAND: 'ssh -oBatchMode=yes' };
}
