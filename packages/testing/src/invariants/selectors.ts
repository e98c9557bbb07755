import type { JsonValue } from '@strake/core';
import type { ModelObject } from '../cluster-model.ts';
import type { Invariant } from '../invariant.ts';
import { listAt, mapAt, mapsAt, textsAt, valueAt } from '../json-at.ts';
import { hasLabels, selects } from '../label-selector.ts';
import type { PodSet } from '../pod-set.ts';

/** A Service leads to the pods of its component, to all of them and to no others. */
export const serviceSelectsItsPods: Invariant = {
  name: 'service-selects-its-pods',
  summary: 'The selector of a Service matches exactly the pods of its component.',
  check(model, report) {
    for (const at of model.of('Service')) {
      const selector = textsAt(at.object, 'spec', 'selector');
      const own = podsOfService(at, model.podsOf(at.owner));
      if (Object.keys(selector).length === 0) {
        if (own.length > 0 && valueAt(at.object, 'spec', 'type') !== 'ExternalName')
          report({ at, path: 'spec.selector', written: `selects nothing, and not ${podsText(own)}` });
        continue;
      }
      const selected = model.podsWhere(at.namespace, (labels) => hasLabels(selector, labels));
      reportDifference(at, { path: 'spec.selector', selected, wanted: own }, report);
    }
  },
};

/** A workload selects the pods that it makes, and nobody else selects them. */
export const workloadSelectsItsPods: Invariant = {
  name: 'workload-selects-its-pods',
  summary: 'The selector of a workload matches the pods that it makes, and no others.',
  check(model, report) {
    for (const { workload, owner, namespace } of model.pods) {
      const selector = mapAt(workload, 'spec', 'selector');
      const at = model.find(workload.kind, workload.metadata.name, namespace);
      if (at === undefined || selector === undefined) continue;
      const selected = model.podsWhere(namespace, (labels) => selects(selector, labels));
      const wanted = model.podsOf(owner).filter((each) => each.workload === workload);
      reportDifference(at, { path: 'spec.selector', selected, wanted }, report);
    }
  },
};

/** Pods are spread, and kept apart, by a selector that means them. */
export const spreadSelectsItsPods: Invariant = {
  name: 'spread-selects-its-pods',
  summary:
    'Spreading and anti-affinity among a component select exactly the pods of the revision they are for.',
  check(model, report) {
    for (const pods of model.pods) {
      const at = model.find(pods.workload.kind, pods.workload.metadata.name, pods.namespace);
      if (at === undefined) continue;
      for (const { path, selector } of spreadSelectors(pods)) {
        const selected = model.podsWhere(pods.namespace, (labels) => selects(selector, labels));
        reportDifference(at, { path: `${pods.template}.spec.${path}`, selected, wanted: [pods] }, report);
      }
    }
  },
};

/** Selectors that concern the pods themselves. Anti-affinity to other components has selectors of theirs. */
function spreadSelectors({
  spec,
  labels,
}: PodSet): { readonly path: string; readonly selector: JsonValue | undefined }[] {
  const spread = mapsAt(spec, 'topologySpreadConstraints').map((each) => ({
    path: 'topologySpreadConstraints',
    selector: valueAt(each, 'labelSelector'),
  }));
  const anti = mapAt(spec, 'affinity', 'podAntiAffinity');
  const apart = [
    ...mapsAt(anti, 'requiredDuringSchedulingIgnoredDuringExecution'),
    ...mapsAt(anti, 'preferredDuringSchedulingIgnoredDuringExecution').flatMap(
      (each) => mapAt(each, 'podAffinityTerm') ?? [],
    ),
  ].map((term) => ({ path: 'affinity.podAntiAffinity', selector: valueAt(term, 'labelSelector') }));
  const isOwn = (selector: JsonValue | undefined) => {
    const wanted = textsAt(selector, 'matchLabels');
    const own = labels['app.kubernetes.io/name'] ?? '';
    return (
      listAt(selector, 'matchExpressions').length > 0 ||
      Object.values(wanted).some((each) => each.startsWith(own))
    );
  };
  return [...spread, ...apart.filter(({ selector }) => isOwn(selector))];
}

/** Which of its component's pods a Service is for: Flagger makes one for each revision. */
function podsOfService({ object, manifest }: ModelObject, pods: readonly PodSet[]): readonly PodSet[] {
  if (manifest !== undefined) return pods;
  const isCanary = object.metadata.name.endsWith('-canary');
  const primary = pods.filter(({ workload }) => workload.metadata.name.endsWith('-primary'));
  return isCanary ? pods.filter((each) => !primary.includes(each)) : primary;
}

interface Difference {
  readonly path: string;
  readonly selected: readonly PodSet[];
  readonly wanted: readonly PodSet[];
}

/** Reports pods that are selected and should not be, and those that should be and are not. */
export function reportDifference(
  at: ModelObject,
  { path, selected, wanted }: Difference,
  report: Parameters<Invariant['check']>[1],
): void {
  const strange = selected.filter((each) => !wanted.includes(each));
  const missing = wanted.filter((each) => !selected.includes(each));
  if (strange.length > 0) report({ at, path, written: `selects ${podsText(strange)} of another` });
  if (missing.length > 0) report({ at, path, written: `does not select ${podsText(missing)}` });
}

/** The pods by the workloads that make them. */
export function podsText(pods: readonly PodSet[]): string {
  return `the pods of ${pods.map(({ workload }) => `${workload.kind}/${workload.metadata.name}`).join(', ')}`;
}
