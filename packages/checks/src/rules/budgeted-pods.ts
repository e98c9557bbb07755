import type { JsonValue, KubernetesObject, ObjectPlace, RuleTarget } from '@strake/core';
import { kindInGroup } from './kind-in-group.ts';
import { oncePerTarget } from './once-per-target.ts';
import { podsOf } from './pods.ts';
import { mapAt, numberAt, textAt, valueAt } from './reading.ts';
import { LabelIndex, selectorOf, type LabelledThing, type Selector } from './selector.ts';

const BUDGET = 'PodDisruptionBudget.policy';

/** A disruption budget. */
export interface Budget {
  readonly place: ObjectPlace;
  readonly namespace: string;
  readonly selector: Selector;
  readonly minAvailable: JsonValue | undefined;
  readonly maxUnavailable: JsonValue | undefined;
}

/** Pods that a budget may be about. */
export interface BudgetedPods extends LabelledThing {
  /** How many there are at least; undefined where a controller says so at run time. */
  readonly count: number | undefined;
}

/** What is kept of an application to relate its budgets and pods to those of others. */
export type KeptOfBudgets = { readonly budget: Budget } | { readonly pods: BudgetedPods };

/** The budgets and pods of an application, which all rules about budgets keep. */
export const budgetsAndPods = oncePerTarget((target): readonly KeptOfBudgets[] => [
  ...budgetsOf(target),
  ...budgetedPodsOf(target),
]);

function budgetsOf(target: RuleTarget): readonly KeptOfBudgets[] {
  return target.of(BUDGET).flatMap((object) => {
    const selector = selectorOf(valueAt(object, 'spec', 'selector'));
    if (selector === undefined) return [];
    const namespace = object.metadata.namespace ?? target.namespace;
    const { minAvailable, maxUnavailable } = mapAt(object, 'spec') ?? {};
    return [{ budget: { place: target.place(object), namespace, selector, minAvailable, maxUnavailable } }];
  });
}

function budgetedPodsOf(target: RuleTarget): readonly KeptOfBudgets[] {
  const minimums = scaledMinimums(target);
  return podsOf(target).map(({ object, namespace, labels }) => {
    const workload = `${object.kind}/${object.metadata.name}`;
    const isOwned = target.delegations(object).some(({ steps }) => steps.join('.') === 'spec.replicas');
    const written = isOwned ? undefined : replicasOf(object);
    const count = minimums.has(workload) ? minimums.get(workload) : written;
    return { pods: { namespace, labels, count } };
  });
}

/** Every budget with the pods that it selects, whatever application they are of. */
export function* budgetsWithPods(kept: readonly KeptOfBudgets[]) {
  const budgets = kept.flatMap((each) => ('budget' in each ? [each.budget] : []));
  if (budgets.length === 0) return;
  const index = new LabelIndex<BudgetedPods>();
  for (const each of kept) if ('pods' in each) index.add(each.pods);
  for (const budget of budgets)
    yield { budget, selected: [...index.selected(budget.selector, budget.namespace)] };
}

/** The fewest pods to which autoscalers scale workloads; what another controller scales has no known number. */
function scaledMinimums(target: RuleTarget): ReadonlyMap<string, number | undefined> {
  const minimums = new Map<string, number | undefined>();
  for (const object of target.of('ScaledObject.keda.sh')) minimums.set(scaledBy(object), undefined);
  for (const object of target.of('HorizontalPodAutoscaler.autoscaling'))
    minimums.set(scaledBy(object), numberAt(object, 'spec', 'minReplicas') ?? 1);
  return minimums;
}

function scaledBy(autoscaler: KubernetesObject): string {
  const reference = valueAt(autoscaler, 'spec', 'scaleTargetRef');
  const [kind = ''] = kindInGroup(reference, 'Deployment.apps').split('.');
  return `${kind}/${textAt(reference, 'name') ?? ''}`;
}

function replicasOf(object: KubernetesObject): number | undefined {
  if (object.kind === 'DaemonSet' || object.kind === 'CronJob' || object.kind === 'Job') return undefined;
  return numberAt(object, 'spec', 'replicas') ?? 1;
}
