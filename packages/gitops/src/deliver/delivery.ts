import { setTimeout as sleep } from 'node:timers/promises';
import { StrakeError, type DeliveryMode, type Finding } from '@strake/core';
import type { Change } from '../changes.ts';
import type { Forge, PullRequest } from '../forge/forge.ts';
import type { Fetched, PrivateClone } from '../git/private-clone.ts';
import { hasError } from '../update.ts';
import { commitMessage, emergencyNote, isDeliveryOf, titleOf } from './commit-message.ts';
import type { Describe } from './delivery-details.ts';
import {
  branchForeign,
  branchMoved,
  branchUnborn,
  noteUnpushed,
  pullRequestUnopened,
} from './delivery-findings.ts';
import { deliverySteps, type DeliveryStep } from './delivery-steps.ts';
import { proposalBody } from './proposal-body.ts';
import type { CurrentPlan } from './plan-source.ts';
import type { Provenance } from './provenance.ts';

const ATTEMPTS = 60;
const LONGEST_PAUSE = 6000;

type PushEnd = 'done' | 'moved';

/** What was done to one environment. */
export interface DeliveredEnvironment {
  readonly environment: string;
  readonly mode: DeliveryMode;
  /** `withdrawn`: the branch of a pull request was deleted, since nothing is left that it would change. */
  readonly outcome: 'unchanged' | 'delivered' | 'proposed' | 'withdrawn';
  readonly branch: string;
  /** The commit that was made. */
  readonly commit?: string;
  readonly pullRequest?: PullRequest;
  /** Sorted by path. */
  readonly changes: readonly Change[];
}

export interface DeliveryInput {
  readonly project: string;
  readonly plan: CurrentPlan;
  readonly clone: PrivateClone;
  readonly branch: string;
  readonly modeOf: (environment: string) => DeliveryMode;
  /** Asked for only when a pull request is delivered. */
  readonly forge: (() => Forge) | undefined;
  readonly place: string;
  readonly provenance: Provenance;
  readonly describe: Describe | undefined;
  readonly isEmergency: boolean;
  readonly isForced: boolean;
  readonly isDry: boolean;
  readonly sign: boolean | undefined;
  readonly author: string | undefined;
  readonly onProgress: (step: string) => void;
  /** Is filled as environments are done. */
  readonly done: Map<string, DeliveredEnvironment>;
}

/** One delivery: tried again on the newest commit for as long as others push in between. */
export class Delivery {
  readonly #input: DeliveryInput;
  #forge: Forge | undefined;
  #isSigned = false;
  readonly #warnings: Finding[] = [];

  constructor(input: DeliveryInput) {
    this.#input = input;
  }

  async run(): Promise<readonly Finding[]> {
    const { clone, sign, onProgress, branch, place } = this.#input;
    this.#isSigned = sign ?? (await clone.isSet('commit.gpgSign'));
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) {
        onProgress(`${branch} has moved; planning again on its new commit`);
        await sleep(Math.random() * Math.min(LONGEST_PAUSE, 250 * 1.5 ** attempt));
      }
      const findings = await this.#attempt();
      if (findings !== 'moved') return [...findings, ...this.#warnings];
    }
    throw new StrakeError([branchMoved(branch, place, ATTEMPTS)]);
  }

  async #attempt(): Promise<readonly Finding[] | 'moved'> {
    const { clone, onProgress, branch, place, isDry } = this.#input;
    onProgress(`fetching ${branch} of ${place}`);
    const fetched = await clone.fetch();
    const plan = await this.#input.plan.at(fetched.tip, clone);
    if (hasError(plan.findings)) return plan.findings;
    const { steps, findings: wrong } = await deliverySteps({ ...this.#input, plan }, fetched.tip);
    const findings = [...plan.findings, ...wrong];
    if (hasError(findings)) return findings;
    const pushed = steps.filter(({ mode }) => mode === 'push');
    const proposed = steps.filter(({ mode }) => mode === 'pull-request');
    if (proposed.length > 0 && !isDry) this.#forge ??= this.#input.forge?.();
    const tip = await this.#push(pushed, fetched.tip);
    if (tip === 'moved') return 'moved';
    for (const step of proposed) {
      if (tip === undefined && !isDry) throw new StrakeError([branchUnborn(branch, place)]);
      if ((await this.#propose(step, tip, fetched)) === 'moved') return 'moved';
    }
    return findings;
  }

  /** Commits and pushes what goes to the branch at once; says which commit the branch is at then. */
  async #push(steps: readonly DeliveryStep[], tip: string | undefined): Promise<string | undefined> {
    const { clone, branch, isDry, onProgress } = this.#input;
    const delivered: DeliveredEnvironment[] = [];
    let commit = tip;
    for (const step of steps) {
      const { environment, mode, changes, files } = step;
      const made = files.size === 0 || isDry ? undefined : await this.#commit(step, commit);
      const outcome = files.size === 0 ? 'unchanged' : 'delivered';
      delivered.push({ environment, mode, outcome, branch, changes, ...(made && { commit: made }) });
      commit = made ?? commit;
    }
    if (commit !== undefined && commit !== tip) {
      onProgress(`pushing ${commit.slice(0, 12)} to ${branch}`);
      if ((await clone.push({ branch, commit })) === 'moved') return 'moved';
    }
    for (const each of delivered) this.#record(each);
    if (this.#input.isEmergency) await this.#note(delivered);
    return commit;
  }

  /** An emergency is marked by notes too, which stay when a message is rewritten. Without them it is delivered all the same. */
  async #note(delivered: readonly DeliveredEnvironment[]): Promise<void> {
    const { clone, project, provenance } = this.#input;
    const made = delivered.flatMap(({ commit, environment }) =>
      commit === undefined ? [] : [{ commit, text: emergencyNote(project, environment, provenance) }],
    );
    const refused = made.length === 0 ? undefined : await clone.note(made);
    if (refused !== undefined) this.#warnings.push(noteUnpushed(this.#input.place, refused));
  }

  async #propose(step: DeliveryStep, base: string | undefined, { proposals }: Fetched): Promise<PushEnd> {
    const { project, isDry } = this.#input;
    const { environment, mode, changes } = step;
    const branch = `strake/${project}/${environment}`;
    const result = { environment, mode, branch, changes };
    const known = proposals.get(branch);
    if (known !== undefined) await this.#refuseForeign(known, branch, environment);
    if (step.files.size === 0) return this.#withdraw(result, known);
    const isSame = known !== undefined && (await this.#isProposed(step, known, base));
    if (isDry) return this.#record({ ...result, outcome: isSame ? 'unchanged' : 'proposed' });
    if (!isSame) {
      const commit = await this.#commit(step, base);
      if ((await this.#pushProposal(branch, commit, known)) === 'moved') return 'moved';
      this.#record({ ...result, outcome: 'proposed', commit });
    }
    const pullRequest = await this.#openPullRequest(step, branch);
    return this.#record({ ...result, outcome: 'unchanged', ...(pullRequest && { pullRequest }) });
  }

  /** Deletes the branch of a pull request that would change nothing any more, which closes it. */
  async #withdraw(
    result: Omit<DeliveredEnvironment, 'outcome'>,
    known: string | undefined,
  ): Promise<PushEnd> {
    const { isDry } = this.#input;
    if (known === undefined) return this.#record({ ...result, outcome: 'unchanged' });
    if (!isDry && (await this.#pushProposal(result.branch, undefined, known)) === 'moved') return 'moved';
    return this.#record({ ...result, outcome: 'withdrawn' });
  }

  async #pushProposal(branch: string, commit: string | undefined, known = ''): Promise<PushEnd> {
    const { clone, onProgress } = this.#input;
    onProgress(
      commit === undefined
        ? `deleting ${branch}, which would change nothing`
        : `pushing ${commit.slice(0, 12)} to ${branch}`,
    );
    return clone.push({ branch, commit, lease: known });
  }

  async #openPullRequest(step: DeliveryStep, branch: string): Promise<PullRequest | undefined> {
    const { project, provenance, onProgress, branch: base } = this.#input;
    if (this.#forge === undefined) {
      this.#warnings.push(pullRequestUnopened(branch, base));
      return undefined;
    }
    const { environment, changes, details } = step;
    const message = { project, environment, changes, provenance, details };
    onProgress(`opening the pull request of ${branch}`);
    return this.#forge.propose({ branch, base, title: titleOf(message), body: proposalBody(message) });
  }

  /**
   * Whether the branch of a pull request has exactly what this step wants in the files that it changes, and merges so: what
   * was changed below it since, by an emergency say, is in conflict with it, or stays.
   */
  async #isProposed({ files }: DeliveryStep, known: string, base: string | undefined): Promise<boolean> {
    const { clone } = this.#input;
    const tree = await clone.load(await clone.tree(known), files.keys());
    const hasAll = [...files].every(([path, contents]) =>
      contents === undefined
        ? tree.idOf(path) === undefined
        : tree.idOf(path) !== undefined && tree.read(path)?.equals(Buffer.from(contents)) === true,
    );
    if (!hasAll) return false;
    const parent = await clone.parent(known);
    if (parent === undefined || parent === base) return true;
    const [before, now] = [await clone.tree(parent), await clone.tree(base)];
    return [...files.keys()].every((path) => before.idOf(path) === now.idOf(path));
  }

  async #commit({ environment, changes, files, details }: DeliveryStep, parent: string | undefined) {
    const { clone, project, provenance, author, isEmergency } = this.#input;
    const message = commitMessage({ project, environment, changes, provenance, details, isEmergency });
    return clone.commit({
      parent,
      changes: files,
      message,
      isSigned: this.#isSigned,
      ...(author !== undefined && { author }),
    });
  }

  /** What an earlier attempt has done stays done, though a later one finds nothing left to do. */
  #record(result: DeliveredEnvironment): 'done' {
    const { done } = this.#input;
    const { environment, outcome, pullRequest } = result;
    const before = done.get(environment);
    if (outcome !== 'unchanged' || before === undefined) done.set(environment, result);
    else if (pullRequest !== undefined) done.set(environment, { ...before, pullRequest });
    return 'done';
  }

  async #refuseForeign(commit: string, branch: string, environment: string): Promise<void> {
    const { clone, project } = this.#input;
    if (isDeliveryOf(await clone.message(commit), project, environment)) return;
    throw new StrakeError([branchForeign(branch, commit, environment)]);
  }
}
