import { finding, StrakeError, type FindingCode } from '@strake/core';

interface Cause {
  readonly says: RegExp;
  readonly code: FindingCode;
  readonly because: string;
  readonly allowed: string;
  readonly fix: string;
}

const ACCESS = 'a repository that the user of git may read and push to';
const REACHABLE = 'a server that answers';
const CHECK_URL = 'Check the URL and the network, and run it again.';

/** What git says when it fails, most telling first. git has no codes; LC_ALL=C keeps its words the same. */
const CAUSES: readonly Cause[] = [
  {
    says: /Host key verification failed/,
    code: 'repository-denied',
    because: 'the SSH key of the server is not known',
    allowed: 'a server whose key stands in known_hosts',
    fix: "Add the server's key to known_hosts once you have checked it.",
  },
  {
    says: /dubious ownership/,
    code: 'repository-denied',
    because: 'the folder belongs to another user',
    allowed: 'a folder of your own, or one that git is told to trust',
    fix: 'Add it to `safe.directory` in the configuration of git.',
  },
  {
    says: /branch is currently checked out/,
    code: 'branch-protected',
    because: 'the repository is a checkout of this very branch, which a push would leave behind',
    allowed: 'a bare repository',
    fix: 'Set `repository.url` to the repository that the checkout was cloned from, or name it with --repository.',
  },
  {
    says: /GH006|GH013|protected branch|hook declined|not allowed to (?:force )?push|push declined/i,
    code: 'branch-protected',
    because: 'the server does not take this push',
    allowed: 'a branch that the user of git may push to',
    fix: "Deliver by pull request (`approval: 'pull-request'`), or allow the user to push.",
  },
  {
    says: /shallow update not allowed/,
    code: 'git-failed',
    because: 'the server takes no push from a shallow clone',
    allowed: 'a server of Git 1.9 or newer',
    fix: 'Update the server.',
  },
  {
    says: /Author identity unknown|Committer identity unknown|tell me who you are|empty ident name|auto-detection is disabled/,
    code: 'git-identity-missing',
    because: 'git does not know who commits',
    allowed: '`user.name` and `user.email` in the configuration of git, or GIT_COMMITTER_NAME and _EMAIL',
    fix: 'Run `git config --global user.name` and `user.email` with your name and address.',
  },
  {
    says: /failed to sign|signing failed|user\.signingkey|gpg\.ssh|No (?:secret|private) key|Couldn't load public key/i,
    code: 'signing-failed',
    because: 'the commit could not be signed',
    allowed: '`user.signingKey` and `gpg.format` that git can sign with and no question asked',
    fix: 'Correct the key, load it into the agent, or deliver with --no-sign.',
  },
  {
    says: /terminal prompts disabled|Authentication failed|HTTP Basic: Access denied|error: 401|could not read (?:Username|Password)/,
    code: 'repository-denied',
    because: 'the server wants credentials, and git has none that it accepts',
    allowed: ACCESS,
    fix: 'Set STRAKE_TOKEN, or a credential helper of git.',
  },
  {
    says: /Permission denied|error: 403|Permission to .* denied|insufficient permission|access denied|unable to create temporary object directory/i,
    code: 'repository-denied',
    because: 'the server does not allow it',
    allowed: ACCESS,
    fix: 'Give the user of git access to the repository.',
  },
  {
    says: /Repository not found|repository '.*' not found|does not appear to be a git repository|error: 404|project you were looking for could not be found|does not exist|No such file or directory/i,
    code: 'repository-missing',
    because: 'there is no such repository, or the user of git may not see it',
    allowed: 'a repository that exists; an empty one is enough',
    fix: 'Correct the path or URL, or create the repository.',
  },
  {
    says: /Could not resolve|Name or service not known/,
    code: 'repository-unreachable',
    because: 'no server of this name is known',
    allowed: REACHABLE,
    fix: CHECK_URL,
  },
  {
    says: /certificate|SSL|TLS/,
    code: 'repository-unreachable',
    because: 'the certificate of the server is not trusted',
    allowed: 'a certificate that git trusts',
    fix: 'Add the authority to `http.sslCAInfo` of git.',
  },
  {
    says: /transport '.*' not allowed/,
    code: 'repository-location-invalid',
    because: 'the configuration of git turns the URL into one of another protocol',
    allowed: 'https and ssh',
    fix: 'Remove `url.*.insteadOf` for this server.',
  },
  {
    says: /Failed to connect|Couldn't connect|Connection (?:refused|timed out|reset)|timed out|hung up|early EOF|error: (?:429|5\d\d)|unreachable|unable to access|Connection closed|Operation too slow/i,
    code: 'repository-unreachable',
    because: 'the server does not answer as it should',
    allowed: REACHABLE,
    fix: CHECK_URL,
  },
];

/** What git says when it fails, as a finding. `shown` is what it said, without secrets. */
export function gitRefusal(command: string, shown: string, place: string): StrakeError {
  const { code, because, allowed, fix } = CAUSES.find(({ says }) => says.test(shown)) ?? {
    code: 'git-failed' as const,
    because: `\`git ${command}\` failed`,
    allowed: 'git 2.30 or newer, and a repository that it can use',
    fix: 'Remove the cause that git names, and run it again.',
  };
  return new StrakeError([
    finding({ code, path: place, written: `${because}: ${shown || 'git said nothing'}`, allowed, fix }),
  ]);
}

export function gitMissing(): StrakeError {
  return new StrakeError([
    finding({
      code: 'git-failed',
      path: 'git',
      written: 'there is no such command',
      allowed: 'git 2.30 or newer on the PATH',
      fix: 'Install git.',
    }),
  ]);
}
