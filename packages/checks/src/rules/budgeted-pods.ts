import type { JsonValue, KubernetesObject, ObjectPlace, RuleTarget } from '@strake/core';
import { kindInGroup } from './kind-in-group.ts';
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
  readonly place: ObjectPlace;
  /** How many there are at least; undefined where a controller says so at run time. */
  readonly count: number | undefined;
}

/** What is kept of an application to relate its budgets and pods to those of others. */
export type KeptOfBudgets = { readonly budget: Budget } | { readonly pods: BudgetedPods };

export function* budgetsAndPods(target: RuleTarget): Generator<KeptOfBudgets> {
  for (const object of target.of(BUDGET)) {
    const selector = selectorOf(valueAt(object, 'spec', 'selector'));
    if (selector === undefined) continue;
    const namespace = object.metadata.namespace ?? target.namespace;
    const spec = mapAt(object, 'spec');
    const { minAvailable, maxUnavailable } = spec ?? {};
    yield { budget: { place: target.place(object), namespace, selector, minAvailable, maxUnavailable } };
  }
  const minimums = scaledMinimums(target);
  for (const { object, namespace, labels } of podsOf(target)) {
    const workload = `${object.kind}/${object.metadata.name}`;
    const isOwned = target.delegations(object).some(({ steps }) => steps.join('.') === 'spec.replicas');
    const written = isOwned ? undefined : replicasOf(object);
    const count = minimums.has(workload) ? minimums.get(workload) : written;
    yield { pods: { place: target.place(object), namespace, labels, count } };
  }
}

/** Every budget with the pods that it selects, whatever application they are of. */
export function* budgetsWithPods(kept: readonly KeptOfBudgets[]) {
  const index = new LabelIndex<BudgetedPods>();
  for (const each of kept) if ('pods' in each) index.add(each.pods);
  for (const each of kept) {
    if ('budget' in each)
      yield {
        budget: each.budget,
        selected: [...index.selected(each.budget.selector, each.budget.namespace)],
      };
  }
}

/** The fewest pods to which autoscalers scale workloads; what another controller scales has no known number. */
function scaledMinimums(target: RuleTarget): ReadonlyMap<string, number | undefined> {
  const autoscalers = target.of('HorizontalPodAutoscaler.autoscaling');
  return new Map([
    ...target.of('ScaledObject.keda.sh').map((object) => [scaledBy(object), undefined] as const),
    ...autoscalers.map((object) => [scaledBy(object), numberAt(object, 'spec', 'minReplicas') ?? 1] as const),
  ]);
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
