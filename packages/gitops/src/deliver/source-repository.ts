import { gitEnvironment, pinnedSettings, type Variables } from '../git/git-environment.ts';
import { Git } from '../git/git.ts';
import type { Provenance } from './provenance.ts';

const TIMEOUT = 20_000;
const MOST_AUTHORS = 10;

/** What git knows of the code in a folder. Empty where it is in no repository, or git does not say. */
export async function sourceRepository(
  directory: string,
  variables: Variables,
): Promise<Pick<Provenance, 'repository' | 'commit' | 'isModified' | 'authors'>> {
  const git = new Git({
    folder: directory,
    variables: gitEnvironment(variables),
    pinned: pinnedSettings('https'),
    place: directory,
    timeout: TIMEOUT,
  });
  try {
    const [commit = '', author = '', ...others] = (
      await git.text('log', [
        '-1',
        '--no-mailmap',
        '--format=%H%n%an <%ae>%n%(trailers:key=Co-authored-by,valueonly)',
        '--end-of-options',
        'HEAD',
      ])
    ).split('\n');
    const status = await git.run('status', ['--porcelain', '--untracked-files=no', '--', '.']);
    const remote = await git.run('remote', ['get-url', 'origin']);
    const url = remote.isGood ? withoutCredentials(remote.out.toString('utf8').trim()) : '';
    return {
      commit,
      isModified: status.out.length > 0,
      authors: [author, ...others.filter((each) => each !== '')].slice(0, MOST_AUTHORS),
      ...(url !== '' && { repository: url }),
    };
  } catch {
    return {};
  }
}

/** CI systems put a token into the URL of the checkout. */
function withoutCredentials(url: string): string {
  if (!URL.canParse(url) || !url.includes('://')) return url;
  const parsed = new URL(url);
  if (parsed.protocol !== 'ssh:') parsed.username = '';
  parsed.password = '';
  parsed.search = '';
  return parsed.href;
}
