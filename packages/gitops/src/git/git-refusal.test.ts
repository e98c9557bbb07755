import type { StrakeError } from '@strake/core';
import { expect, test } from 'vitest';
import { gitRefusal } from './git-refusal.ts';

function codeOf(error: StrakeError): string | undefined {
  return error.findings[0]?.code;
}

/** What git 2.39, OpenSSH, curl, GitHub and GitLab say, as they say it. */
test.each([
  ['Host key verification failed. fatal: Could not read from remote repository.', 'repository-denied'],
  ['git@github.com: Permission denied (publickey). fatal: Could not read from remote', 'repository-denied'],
  ["fatal: could not read Username for 'https://github.com': terminal prompts disabled", 'repository-denied'],
  ["remote: HTTP Basic: Access denied. fatal: Authentication failed for 'https://x/'", 'repository-denied'],
  ["fatal: unable to access 'https://x/': The requested URL returned error: 403", 'repository-denied'],
  ["fatal: detected dubious ownership in repository at '/srv/a'", 'repository-denied'],
  ['ERROR: Repository not found. fatal: Could not read from remote repository.', 'repository-missing'],
  ["remote: Not Found fatal: repository 'https://x/' not found", 'repository-missing'],
  ["fatal: '/srv/a' does not appear to be a git repository", 'repository-missing'],
  ["remote: The project you were looking for could not be found or you don't", 'repository-missing'],
  ['ssh: Could not resolve hostname nowhere: Name or service not known', 'repository-unreachable'],
  ["fatal: unable to access 'https://x/': Could not resolve host: x", 'repository-unreachable'],
  ["fatal: unable to access 'https://x/': SSL certificate problem: self-signed", 'repository-unreachable'],
  ['ssh: connect to host x port 22: Connection refused', 'repository-unreachable'],
  ["fatal: unable to access 'https://x/': The requested URL returned error: 503", 'repository-unreachable'],
  ['timed out after 300000 ms.', 'repository-unreachable'],
  ['[remote rejected] (protected branch hook declined) remote: error: GH006: Protected', 'branch-protected'],
  ['[remote rejected] (pre-receive hook declined) GitLab: You are not allowed to push', 'branch-protected'],
  ['[remote rejected] (branch is currently checked out)', 'branch-protected'],
  ["fatal: transport 'ext' not allowed", 'repository-location-invalid'],
  ['error: gpg failed to sign the data fatal: failed to write commit object', 'signing-failed'],
  ['Committer identity unknown *** Please tell me who you are.', 'git-identity-missing'],
  ['fatal: something new', 'git-failed'],
  ['', 'git-failed'],
])('knows what git means with: %s', (said, code) => {
  const error = gitRefusal('push', said, 'main');
  expect(codeOf(error)).toBe(code);
  expect(error.findings[0]?.written).toContain(said);
  expect(error.findings[0]?.fix).toMatch(/\.$/);
});
