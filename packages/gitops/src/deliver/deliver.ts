import process from 'node:process';
import { finding, StrakeError, type DeliveryMode, type Finding } from '@strake/core';
import { forgeAt, forgeKind, type ForgeKind } from '../forge/forge.ts';
import type { Variables } from '../git/git-environment.ts';
import { gitLocation } from '../git/git-location.ts';
import { withPrivateClone } from '../git/private-clone.ts';
import type { Plan } from '../plan.ts';
import { hasError } from '../update.ts';
import type { Describe } from './delivery-details.ts';
import { emergencyRefused } from './delivery-findings.ts';
import { Delivery, type DeliveredEnvironment } from './delivery.ts';
import { CurrentPlan, type PlanSource } from './plan-source.ts';
import type { Provenance } from './provenance.ts';

const GIT_TIMEOUT = 300_000;
const FORGE_TIMEOUT = 30_000;

export interface DeliverOptions {
  /** Path or URL of the repository. */
  readonly repository: string;
  /**
   * Folder that a path is relative to.
   * @default - the working directory
   */
  readonly directory?: string;
  /** @default 'main' */
  readonly branch?: string;
  /** @default - every environment is pushed to the branch */
  readonly modeOf?: (environment: string) => DeliveryMode;
  /** @default - the forge that the name of the server says */
  readonly forge?: ForgeKind;
  /**
   * Says in the commits what changes in which object.
   * @default - they say only how many files change
   */
  readonly describe?: Describe;
  /**
   * Whether it goes past pull requests, with `provenance.reason` as why. It is marked by a trailer, a note and a file that
   * a later delivery removes.
   * @default false
   */
  readonly emergency?: boolean;
  /** @default - nothing is known of the code */
  readonly provenance?: Provenance;
  /**
   * Whether files that were edited by hand are overwritten. Files of other owners never are.
   * @default false
   */
  readonly force?: boolean;
  /**
   * Whether to say only what would be done.
   * @default false
   */
  readonly dryRun?: boolean;
  /** @default - what `commit.gpgSign` of git says */
  readonly sign?: boolean;
  /**
   * Author of the commits, as `Name <address>`.
   * @default - the committer, whom git's own configuration names
   */
  readonly author?: string;
  /** @default - the environment of the process */
  readonly variables?: Variables;
  /**
   * Milliseconds that one call of git, and one of a forge, may take.
   * @default - five minutes for git, half a minute for a forge
   */
  readonly timeout?: number;
  /** Is told each step. */
  readonly onProgress?: (step: string) => void;
}

/** What a delivery did, or would do. */
export interface DeliverResult {
  /** What was done to each environment; without those that an error came before. */
  readonly environments: readonly DeliveredEnvironment[];
  /** With an error among them, environments that are not in the list were not delivered. */
  readonly findings: readonly Finding[];
}

/**
 * Brings a plan into a Git repository: one commit for each environment, to the branch or to a pull request.
 *
 * Whatever happens on the way, the repository is whole: a push sets a branch or does not. A delivery that was cut off is
 * simply run again. A plan that depends on what the repository says is made of its newest commit, and made again where
 * others change that meanwhile.
 */
export async function deliver(plan: Plan | PlanSource, options: DeliverOptions): Promise<DeliverResult> {
  const done = new Map<string, DeliveredEnvironment>();
  const findings: Finding[] = [];
  try {
    if ('findings' in plan && hasError(plan.findings)) findings.push(...plan.findings);
    else findings.push(...(await delivered(plan, options, done)));
  } catch (error) {
    if (!StrakeError.is(error)) throw error;
    findings.push(...error.findings);
  }
  const environments = [...done.values()].toSorted((left, right) =>
    left.environment < right.environment ? -1 : 1,
  );
  return { environments, findings };
}

async function delivered(
  plan: Plan | PlanSource,
  options: DeliverOptions,
  done: Map<string, DeliveredEnvironment>,
): Promise<readonly Finding[]> {
  const { variables = process.env, branch = 'main', timeout, provenance = {}, emergency = false } = options;
  const modeOf = emergency ? pushed : (options.modeOf ?? pushed);
  if (emergency && (provenance.reason ?? '').trim() === '')
    throw new StrakeError([emergencyRefused('--reason', 'no reason', 'Say why.')]);
  const location = gitLocation(options.repository, options.directory ?? process.cwd());
  checkBranch(branch);
  checkAuthor(options.author);
  const kind = forgeKind(location, options.forge);
  return withPrivateClone(
    {
      location,
      branch,
      proposals: `strake/${plan.project}/`,
      variables,
      user: kind === 'gitlab' ? 'oauth2' : 'x-access-token',
      timeout: timeout ?? GIT_TIMEOUT,
    },
    (clone) =>
      new Delivery({
        project: plan.project,
        plan: new CurrentPlan(plan),
        clone,
        branch,
        modeOf,
        forge: kind && (() => forgeAt({ kind, location, variables, timeout: timeout ?? FORGE_TIMEOUT })),
        place: location.shown,
        provenance,
        describe: options.describe,
        isEmergency: emergency,
        isForced: options.force === true,
        isDry: options.dryRun === true,
        sign: options.sign,
        author: options.author,
        onProgress: options.onProgress ?? (() => undefined),
        done,
      }).run(),
  );
}

function pushed(): DeliveryMode {
  return 'push';
}

/** What git takes for the name of a branch, without the exotic. */
function checkBranch(branch: string): void {
  if (/^(?!-)(?!.*(?:\.\.|\/\/|\.lock$|\.lock\/|\/\.|\.$|\/$))[\w][\w./+@-]*$/.test(branch)) return;
  throw new StrakeError([
    finding({
      code: 'repository-location-invalid',
      path: 'repository/branch',
      written: `the branch \`${branch}\``,
      allowed: 'letters, digits, `.`, `_`, `/`, `+`, `@` and `-`, as git allows them',
      fix: 'Name the branch that the agent syncs.',
    }),
  ]);
}

function checkAuthor(author: string | undefined): void {
  if (author === undefined || /^[^<>\p{Cc}]+<[^<>\s\p{Cc}]+>$/u.test(author)) return;
  throw new StrakeError([
    finding({
      code: 'git-identity-missing',
      path: 'author',
      written: `\`${author}\``,
      allowed: '`Name <address>`',
      fix: 'Write the author like that.',
    }),
  ]);
}
