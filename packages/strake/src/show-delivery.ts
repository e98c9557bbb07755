import type { DeliveredEnvironment } from '@strake/gitops';
import type { Io } from './io.ts';

const KINDS = ['added', 'changed', 'removed'] as const;

/** Prints for each environment what was delivered where. */
export function showDelivery(environments: readonly DeliveredEnvironment[], dryRun: boolean, io: Io): void {
  const width = Math.max(0, ...environments.map(({ environment }) => environment.length));
  for (const each of environments) {
    const { environment, outcome, branch, commit, pullRequest, changes } = each;
    const cells = [
      environment.padEnd(width),
      outcome.padEnd(9),
      isWaiting(each) ? `${branch} has it already` : counts(each),
      outcome === 'unchanged' ? '' : branch,
      commit?.slice(0, 12) ?? '',
      pullRequest === undefined ? '' : `${pullRequest.url} (${pullRequest.outcome})`,
    ];
    io.out(`${cells.filter((cell) => cell !== '').join('  ')}\n`);
    if (!dryRun || isWaiting(each)) continue;
    for (const { path, change } of changes)
      if (change !== 'unchanged') io.out(`${change.padEnd(9)}  ${path}\n`);
  }
}

/** The delivery as `--json` prints it. */
export function deliveryJson(environments: readonly DeliveredEnvironment[], dryRun: boolean): object {
  return {
    dryRun,
    environments: environments.map(({ changes, ...each }) => ({
      ...each,
      files: changes
        .filter(({ change }) => change !== 'unchanged')
        .map(({ path, application, change }) => ({ path, application, change })),
    })),
  };
}

/** Whether it stands on the branch of a pull request already, as it is wanted. */
function isWaiting({ outcome, changes }: DeliveredEnvironment): boolean {
  return outcome === 'unchanged' && changes.some(({ change }) => change !== 'unchanged');
}

function counts({ changes }: DeliveredEnvironment): string {
  return KINDS.map((kind) => `${changes.filter(({ change }) => change === kind).length} ${kind}`).join('  ');
}
