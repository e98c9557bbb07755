import { defineRule, type ObjectPlace } from '@strake/core';
import { budgetsAndPods, budgetsWithPods, type BudgetedPods, type KeptOfBudgets } from './budgeted-pods.ts';

const FROM = { package: '@strake/checks' } as const;

/** Every disruption budget is about some pods. */
export const noMissingBudgetPods = defineRule<KeptOfBudgets>({
  ...FROM,
  code: 'no-missing-budget-pods',
  summary: 'budgets that select pods of the cluster',
  why: 'The budget protects nothing, and nobody notices until a node is drained.',
  fix: 'Correct the selector, or remove the budget.',
  severity: 'warning',
  gather: budgetsAndPods,
  relate({ kept }, report) {
    for (const { budget, selected } of budgetsWithPods(kept)) {
      if (selected.length === 0) report({ at: budget.place, written: 'it selects no pods' });
    }
  },
});

/** No disruption budget forbids every eviction. */
export const noBlockingBudget = defineRule<KeptOfBudgets>({
  ...FROM,
  code: 'no-blocking-budget',
  summary: 'budgets that let at least one pod be evicted',
  why: 'A node with such a pod cannot be drained, so that upgrades of the cluster stop there.',
  fix: 'Set `maxUnavailable: 1`, or run one replica more than `minAvailable`.',
  severity: 'error',
  gather: budgetsAndPods,
  relate({ kept }, report) {
    for (const { budget, selected } of budgetsWithPods(kept)) {
      const { minAvailable, maxUnavailable } = budget;
      const counts = selected.map(({ count }) => count);
      const count = counts.includes(undefined)
        ? undefined
        : counts.reduce<number>((sum, each) => sum + (each ?? 0), 0);
      if (maxUnavailable === 0 || maxUnavailable === '0' || maxUnavailable === '0%')
        report({ at: budget.place, written: `\`maxUnavailable\` is ${JSON.stringify(maxUnavailable)}` });
      else if (minAvailable === '100%') report({ at: budget.place, written: '`minAvailable` is "100%"' });
      else if (typeof minAvailable === 'number' && count !== undefined && count > 0 && minAvailable >= count)
        report({ at: budget.place, written: `\`minAvailable\` is ${minAvailable}, of ${count} pods` });
    }
  },
});

/** No pod is in two disruption budgets. */
export const noOverlappingBudget = defineRule<KeptOfBudgets>({
  ...FROM,
  code: 'no-overlapping-budget',
  summary: 'one budget for a pod',
  why: 'Kubernetes refuses to evict a pod that is in two budgets, so that its node cannot be drained.',
  fix: 'Remove one of the budgets, or narrow its selector.',
  severity: 'error',
  gather: budgetsAndPods,
  relate({ kept }, report) {
    const first = new Map<BudgetedPods, ObjectPlace>();
    for (const { budget, selected } of budgetsWithPods(kept)) {
      const other = selected.map((pods) => first.get(pods)).find((each) => each !== undefined);
      for (const pods of selected) if (!first.has(pods)) first.set(pods, budget.place);
      if (other !== undefined && other.object.name !== budget.place.object.name)
        report({
          at: budget.place,
          written: `it selects pods of PodDisruptionBudget \`${other.object.name}\` too`,
        });
    }
  },
});
