import { finding, StrakeError } from '@strake/core';
import type { Variables } from '../git/git-environment.ts';
import type { GitLocation } from '../git/git-location.ts';
import { ForgeApi } from './forge-api.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';

export type ForgeKind = 'github' | 'gitlab';

/** A pull request that is wanted: of `branch`, into `base`. */
export interface Proposal {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
}

/** A pull request that is open (a merge request, where the forge calls it so). */
export interface PullRequest {
  readonly url: string;
  readonly outcome: 'created' | 'updated' | 'unchanged';
}

/** Opens pull requests. */
export interface Forge {
  /** Opens the pull request of a branch, or brings the one that is open to what is wanted. */
  propose(proposal: Proposal): Promise<PullRequest>;
}

/** Where a token is looked for, first to last. */
const TOKENS: Readonly<Record<ForgeKind, readonly string[]>> = {
  github: ['STRAKE_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN'],
  gitlab: ['STRAKE_TOKEN', 'GITLAB_TOKEN'],
};

export interface ForgeOptions {
  readonly kind: ForgeKind;
  readonly location: GitLocation;
  readonly variables: Variables;
  /** Milliseconds that one call may take. */
  readonly timeout: number;
}

/** The forge that the name of a server says, where none is configured. */
export function forgeKind({ host, protocol }: GitLocation, configured?: ForgeKind): ForgeKind | undefined {
  if (protocol === 'file') return undefined;
  if (configured !== undefined) return configured;
  if (/^(?:ssh\.)?github\./.test(host)) return 'github';
  return /^(?:altssh\.)?gitlab\./.test(host) ? 'gitlab' : undefined;
}

/** The forge at a server. Throws a finding when there is no token for it. */
export function forgeAt({ kind, location, variables, timeout }: ForgeOptions): Forge {
  const name = TOKENS[kind].find((each) => (variables[each] ?? '') !== '');
  const token = name === undefined ? undefined : variables[name];
  if (name === undefined || token === undefined) throw tokenMissing(kind, location);
  const host = location.host.replace(/^(?:alt)?ssh\./, '');
  const server = `${location.protocol === 'http' ? 'http' : 'https'}://${host}`;
  const api = (root: string, headers: Readonly<Record<string, string>>) =>
    new ForgeApi({ root, headers, variables, timeout, token: name });
  if (kind === 'gitlab')
    return gitlab(api(`${server}/api/v4`, { authorization: `Bearer ${token}` }), location.path);
  const root = host === 'github.com' ? 'https://api.github.com' : `${server}/api/v3`;
  return github(
    api(root, {
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
    }),
    location.path,
  );
}

function tokenMissing(kind: ForgeKind, { shown }: GitLocation): StrakeError {
  return new StrakeError([
    finding({
      code: 'token-missing',
      path: shown,
      written: `no token for the pull requests of ${kind === 'github' ? 'GitHub' : 'GitLab'}`,
      allowed: `one in ${TOKENS[kind].join(' or ')}`,
      fix: `Set ${TOKENS[kind][0]} in the environment of the command.`,
    }),
  ]);
}
