import { finding, StrakeError, type FindingCode } from '@strake/core';
import { connectionFix } from '../connection-fix.ts';
import type { Variables } from '../git/git-environment.ts';

/** An answer of a forge that is no success. */
export interface RefusedAnswer {
  readonly root: string;
  /** Name of the variable that the token comes from. */
  readonly token: string;
  readonly status: number;
  /** What the forge said, without secrets. */
  readonly said: string;
  readonly method: string;
  /** How long the forge asks to wait, in seconds. */
  readonly seconds: number | undefined;
}

interface Words {
  readonly code: FindingCode;
  readonly because: string;
  readonly allowed: string;
  readonly fix: string;
}

/** An answer that is no success, as a finding. */
export function answerRefusal(answer: RefusedAnswer): StrakeError {
  const { root, status, said } = answer;
  const { code, because, allowed, fix } = wordsFor(answer);
  const written = `${because} (${status})${said === '' ? '' : `: ${said}`}`;
  return new StrakeError([finding({ code, path: root, written, allowed, fix })]);
}

/** No answer at all, as a finding. */
export function noAnswer(root: string, because: string, cause: unknown, variables: Variables): StrakeError {
  return new StrakeError(
    [
      finding({
        code: 'repository-unreachable',
        path: root,
        written: `the forge does not answer: ${because}`,
        allowed: 'a forge that answers',
        fix: connectionFix(
          cause,
          'Check the network and run it again; what is delivered already stays as it is.',
          variables,
        ),
      }),
    ],
    { cause },
  );
}

function wordsFor({ status, token, seconds }: RefusedAnswer): Words {
  if (status === 401)
    return {
      code: 'repository-denied',
      because: 'the forge does not accept the token',
      allowed: `a valid token in ${token}`,
      fix: `Set ${token} to a token that is neither expired nor revoked.`,
    };
  if (status === 403)
    return {
      code: 'repository-denied',
      because: 'the token may not do this',
      allowed: 'a token that may write pull requests (GitHub), or of the scope `api` (GitLab)',
      fix: `Give the token of ${token} that permission for the repository.`,
    };
  if (status === 404)
    return {
      code: 'repository-missing',
      because: 'the forge knows no such repository, or the token may not see it',
      allowed: 'a repository that the token may read',
      fix: `Correct the URL, or give the token of ${token} access to the repository.`,
    };
  if (status === 429)
    return {
      code: 'repository-unreachable',
      because: 'too many calls for the forge',
      allowed: 'fewer calls',
      fix: seconds === undefined ? 'Run it again later.' : `Run it again in ${seconds} seconds.`,
    };
  if (status >= 500)
    return {
      code: 'repository-unreachable',
      because: 'the forge fails',
      allowed: 'a forge that answers',
      fix: 'Run it again later; what is delivered already stays as it is.',
    };
  if (status >= 300 && status < 400)
    return {
      code: 'repository-missing',
      because: 'the repository has moved',
      allowed: 'the URL that the repository has now',
      fix: 'Correct `repository.url`.',
    };
  return {
    code: 'pull-request-failed',
    because: 'the forge does not take the pull request',
    allowed: 'a branch that differs from the one it is for, and no other rule of the forge in the way',
    fix: 'Remove the cause that the forge names, and run it again.',
  };
}
