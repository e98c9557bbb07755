import type { JsonValue } from '@strake/core';
import type { ClusterModel } from '../cluster-model.ts';
import type { Invariant } from '../invariant.ts';
import { mapAt, numberAt, textAt } from '../json-at.ts';
import { selects } from '../label-selector.ts';
import type { PodSet } from '../pod-set.ts';

/** A node can always be drained: of the fewest pods that may run, one may go. */
export const budgetLetsPodsGo: Invariant = {
  name: 'budget-lets-pods-go',
  summary: 'A disruption budget never blocks the drain of one replica, however few its scaler leaves.',
  check(model, report) {
    for (const at of model.of('PodDisruptionBudget')) {
      const selector = mapAt(at.object, 'spec', 'selector');
      const counts = model
        .podsWhere(at.namespace, (labels) => selects(selector, labels))
        .map((pods) => fewest(model, pods));
      const least = counts.reduce((sum, count) => sum + count, 0);
      if (least === 0) continue;
      const { minAvailable, maxUnavailable } = mapAt(at.object, 'spec') ?? {};
      const mayGo =
        minAvailable === undefined ? amountOf(maxUnavailable, least) : least - amountOf(minAvailable, least);
      if (mayGo < 1)
        report({
          at,
          path: minAvailable === undefined ? 'spec.maxUnavailable' : 'spec.minAvailable',
          written: `lets none of ${least} pods go`,
        });
    }
  },
};

/** The fewest pods of a workload that its scaler leaves. Flagger scales the target of a canary to none. */
function fewest(model: ClusterModel, { workload, namespace }: PodSet): number {
  const { kind, metadata } = workload;
  const isOf = (field: string, scaler: JsonValue) =>
    textAt(scaler, 'spec', field, 'name') === metadata.name &&
    (textAt(scaler, 'spec', field, 'kind') ?? 'Deployment') === kind;
  const scalers = model.of('Canary', 'HorizontalPodAutoscaler', 'ScaledObject');
  for (const { object, namespace: within } of scalers) {
    if (within !== namespace) continue;
    if (object.kind === 'Canary' && isOf('targetRef', object)) return 0;
    if (!isOf('scaleTargetRef', object)) continue;
    return object.kind === 'ScaledObject'
      ? (numberAt(object, 'spec', 'minReplicaCount') ?? 0)
      : (numberAt(object, 'spec', 'minReplicas') ?? 1);
  }
  if (kind === 'DaemonSet') return 1;
  return numberAt(workload, 'spec', 'replicas') ?? 1;
}

/** Kubernetes rounds up shares of pods (Kubernetes documentation: Specifying a Disruption Budget). */
function amountOf(amount: JsonValue | undefined, all: number): number {
  if (typeof amount === 'number') return amount;
  return typeof amount === 'string' ? Math.ceil((Number.parseInt(amount, 10) * all) / 100) : 1;
}
