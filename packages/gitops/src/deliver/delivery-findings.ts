import { finding, type Finding } from '@strake/core';

export function branchMoved(branch: string, place: string, attempts: number): Finding {
  return finding({
    code: 'branch-moved',
    path: place,
    written: `\`${branch}\` has moved before each of ${attempts} pushes`,
    allowed: 'a branch that stands still for as long as one push takes',
    fix: 'Run it again when less is pushed.',
  });
}

export function branchUnborn(branch: string, place: string): Finding {
  return finding({
    code: 'branch-missing',
    path: place,
    written: `no commit at \`${branch}\`, so that nothing can be proposed for it`,
    allowed: 'a branch with at least one commit',
    fix: 'Push a first commit to it, such as a README.',
  });
}

export function branchForeign(branch: string, commit: string, environment: string): Finding {
  return {
    ...finding({
      code: 'branch-foreign',
      path: branch,
      written: `the commit ${commit.slice(0, 12)}, which has not the trailers of Strake`,
      allowed: 'a branch whose newest commit is one of Strake',
      fix: 'Merge or delete the branch, and deliver again.',
    }),
    environments: [environment],
  };
}

export function pullRequestUnopened(branch: string, base: string): Finding {
  return finding({
    code: 'pull-request-unopened',
    severity: 'warning',
    path: branch,
    written: 'a pull-request branch, and no forge that opens a pull request of it',
    allowed: 'a repository of GitHub or GitLab',
    fix: `Open a pull request into \`${base}\` by hand, or set \`repository.forge\`.`,
  });
}

export function noteUnpushed(place: string, complaint: string): Finding {
  return finding({
    code: 'emergency-note-missing',
    severity: 'warning',
    path: place,
    written: `no note at the commit of an emergency: ${complaint}`,
    allowed: 'a server that takes pushes to `refs/notes/strake`',
    fix: "Nothing needs to be done: the commit's trailers say the same.",
  });
}

export function emergencyRefused(path: string, written: string, fix: string): Finding {
  return finding({
    code: 'emergency-refused',
    path,
    written,
    allowed: 'an emergency with a reason, to environments of which the platform says `emergency: true`',
    fix,
  });
}
