import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

interface GithubJob {
  readonly permissions: Readonly<Record<string, string>>;
  readonly if?: string;
  readonly needs?: string;
  readonly environment?: string;
  readonly steps: readonly { readonly run?: string; readonly uses?: string; readonly with?: object }[];
}

interface GitlabJob {
  readonly rules: readonly { readonly if: string }[];
  readonly script: readonly string[];
  readonly environment?: { readonly name: string };
  readonly variables?: object;
}

function template(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../template/${path}`, import.meta.url)), 'utf8');
}

const GITHUB = template('.github/workflows/strake.yaml');
const GITLAB = template('.gitlab-ci.yml');
const github: { on: object; permissions: object; jobs: Record<string, GithubJob> } = parse(GITHUB);
const gitlab: Record<'check' | 'deliver', GitlabJob> = parse(GITLAB);
const ofPullRequests = Object.values(github.jobs).filter(
  (job) => job.if?.includes("event_name == 'push'") !== true,
);

/** What a job says, without the steps that a pull request skips. */
function text(job: object | undefined): string {
  return JSON.stringify(job);
}

test('GitHub runs pull requests without the rights of the repository', () => {
  expect(Object.keys(github.on)).toEqual(['pull_request', 'push']);
  expect(GITHUB).not.toMatch(/pull_request_target|workflow_run|issue_comment/);
  expect(github.permissions).toEqual({});
  for (const job of Object.values(github.jobs)) expect(job.permissions).toEqual({ contents: 'read' });
});

test('no job of GitHub that runs on pull requests meets a secret, or leaves credentials in the checkout', () => {
  expect(ofPullRequests).toEqual([github.jobs['check']]);
  for (const job of ofPullRequests)
    expect(text(job)).not.toMatch(/secrets|vars\.|github\.token|environment|id-token/i);
  const checkouts = Object.values(github.jobs).flatMap(({ steps }) =>
    steps.filter(({ uses }) => uses?.startsWith('actions/checkout@') === true),
  );
  expect(checkouts).toHaveLength(2);
  for (const { with: given } of checkouts) expect(given).toEqual({ 'persist-credentials': false });
});

test("the job of GitHub with credentials waits for the check and runs none of the project's code", () => {
  const { deliver } = github.jobs;
  expect(deliver).toMatchObject({ needs: 'check', environment: 'gitops' });
  const runs = (deliver?.steps ?? []).map(({ run }) => run ?? '').join('\n');
  expect(runs).not.toMatch(/npm ci|npm (?:install|i)\b(?! --global --ignore-scripts)|npx|\bnode\b|tsc|synth/);
  expect(runs).toMatch(/strake deliver --whole --mode staging=push --from/);
  // What others may choose is no part of a script.
  expect(runs).not.toContain('${{');
});

test('what is handed over has the inventory, which is in a hidden folder', () => {
  const upload = github.jobs['check']?.steps.find(
    ({ uses }) => uses?.startsWith('actions/upload-artifact@') === true,
  );
  expect(upload?.with).toMatchObject({ 'include-hidden-files': true });
});

test('GitLab gives the credentials to one job, which runs on the default branch only', () => {
  expect(gitlab.check.rules[0]?.if).toContain('merge_request_event');
  expect(text(gitlab.check)).not.toMatch(/TOKEN|environment|id_tokens|secrets/);
  expect(gitlab.deliver.rules).toEqual([
    { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $GITOPS_REPOSITORY' },
  ]);
  expect(gitlab.deliver.environment).toMatchObject({ name: 'gitops' });
  expect(gitlab.deliver.script.join('\n')).not.toMatch(/npm ci|npx|tsc|synth/);
  expect(GITLAB).not.toMatch(/STRAKE_TOKEN: /);
});
