import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

/** A bare repository that is delivered to, and what a person sees of it. */
export interface GitRemote {
  readonly folder: string;
  readonly url: string;
  /** Environment of whoever delivers: a home of its own, with a name. */
  readonly variables: Readonly<Record<string, string>>;
  /** Runs git in the repository and gives what it prints. */
  git(...words: readonly string[]): string;
  /** Paths of a branch's files. */
  files(branch?: string): string[];
  text(path: string, branch?: string): string;
  /** Messages of a branch's commits, newest first. */
  messages(branch?: string): string[];
  /** Commits files as somebody else would; undefined removes one. */
  commit(files: Readonly<Record<string, string | undefined>>, branch?: string): void;
}

/** Makes a bare repository in a folder. It has one commit, unless it is wanted empty. */
export function gitRemote(outer: string, { isEmpty = false, name = 'remote.git' } = {}): GitRemote {
  const folder = join(outer, name);
  const home = join(outer, 'home');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, '.gitconfig'), '[user]\n\tname = Deliverer\n\temail = deliverer@example.org\n');
  const variables = { PATH: process.env['PATH'] ?? '', HOME: home, GIT_CONFIG_NOSYSTEM: '1' };
  const run = (words: readonly string[], input = '', more = {}) =>
    execFileSync('git', words, { env: { ...variables, ...more }, input, encoding: 'utf8', stdio: 'pipe' });
  run(['init', '--quiet', '--bare', '--initial-branch=main', folder]);
  const git = (...words: readonly string[]) => run(['-C', folder, ...words]).trimEnd();
  const remote: GitRemote = {
    folder,
    url: pathToFileURL(folder).href,
    variables,
    git,
    files: (branch = 'main') => lines(git('ls-tree', '-r', '--name-only', branch)),
    text: (path, branch = 'main') => run(['-C', folder, 'show', `${branch}:${path}`]),
    messages: (branch = 'main') =>
      git('log', '--format=%B%x00', branch)
        .split('\0')
        .map((each) => each.trim())
        .filter((each) => each !== ''),
    commit: (files, branch = 'main') => {
      const changes = Object.entries(files).map(([path, text]) =>
        text === undefined
          ? `D ${path}\n`
          : `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
      );
      const from = lines(git('branch', '--list', branch)).length > 0 ? `from refs/heads/${branch}^0\n` : '';
      const head = `commit refs/heads/${branch}\ncommitter A Person <person@example.org> now\ndata 6\nbyhand\n`;
      run(['-C', folder, 'fast-import', '--quiet', '--date-format=now'], head + from + changes.join(''));
    },
  };
  if (!isEmpty) remote.commit({ 'README.md': 'ours\n' });
  return remote;
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
