import type { KubernetesObject } from '@strake/core';
import type { ClusterModel, ModelObject } from '../cluster-model.ts';
import type { Invariant } from '../invariant.ts';
import { mapAt, mapsAt, textAt, textsAt, valueAt } from '../json-at.ts';
import { hasLabels, isEmpty, selects } from '../label-selector.ts';
import { reportDifference } from './selectors.ts';

/** A policy holds for the pods of its component, in all revisions that run beside each other. */
export const policySelectsItsPods: Invariant = {
  name: 'policy-selects-its-pods',
  summary:
    'A policy or pod monitor selects exactly the pods of its component, those of a canary and its primary.',
  check(model, report) {
    for (const at of model.of(...Object.keys(SELECTORS))) {
      const { path, selector } = selectorOf(at.object);
      if (path === undefined || at.owner === '') continue;
      const isAll = isEmpty(selector);
      const wanted = model.podsOf(at.owner);
      const selected = model.podsWhere(at.namespace, (labels) => !isAll && selects(selector, labels));
      reportDifference(at, { path, selected, wanted }, report);
    }
  },
};

/** Kinds that select pods, and where their selector stands. */
const SELECTORS: Readonly<Record<string, readonly string[]>> = {
  PodDisruptionBudget: ['spec', 'selector'],
  NetworkPolicy: ['spec', 'podSelector'],
  PodMonitor: ['spec', 'selector'],
  AuthorizationPolicy: ['spec', 'selector'],
  PeerAuthentication: ['spec', 'selector'],
  RequestAuthentication: ['spec', 'selector'],
  Telemetry: ['spec', 'selector'],
  Sidecar: ['spec', 'workloadSelector'],
};

function selectorOf(object: KubernetesObject) {
  const steps = SELECTORS[object.kind] ?? [];
  // What a waypoint enforces names it by `targetRefs` and selects no pods.
  if (mapsAt(object, 'spec', 'targetRefs').length > 0) return { path: undefined, selector: undefined };
  const written = valueAt(object, ...steps);
  const isFlat = object.kind === 'Sidecar';
  return {
    path: steps.join('.'),
    selector: isFlat ? { matchLabels: textsAt(written, 'labels') } : written,
  };
}

/** A service monitor finds every pod of its component by one Service. */
export const monitorFindsEachPodOnce: Invariant = {
  name: 'monitor-finds-each-pod-once',
  summary: 'The Services that a service monitor selects lead to every pod of its component once.',
  check(model, report) {
    for (const at of model.of('ServiceMonitor')) {
      const services = servicesOfMonitor(model, at);
      const found = services.flatMap(({ object, namespace }) =>
        model.podsWhere(namespace, (labels) => hasLabels(textsAt(object, 'spec', 'selector'), labels)),
      );
      const path = 'spec.selector';
      reportDifference(at, { path, selected: found, wanted: model.podsOf(at.owner) }, report);
      for (const pods of new Set(found)) {
        const count = found.filter((each) => each === pods).length;
        const names = services.map(({ object }) => object.metadata.name).join(', ');
        if (count > 1)
          report({ at, path, written: `finds ${pods.workload.metadata.name} ${count} times, by ${names}` });
      }
    }
  },
};

/** The Services that a monitor selects and that have a port which it scrapes. */
export function servicesOfMonitor(model: ClusterModel, { object, namespace }: ModelObject): ModelObject[] {
  const scraped = mapsAt(object, 'spec', 'endpoints').map((each) => textAt(each, 'port'));
  return model.of('Service').filter((service) => {
    const ports = mapsAt(service.object, 'spec', 'ports').map((each) => textAt(each, 'name'));
    return (
      service.namespace === namespace &&
      selects(mapAt(object, 'spec', 'selector'), service.object.metadata.labels ?? {}) &&
      (scraped.every((each) => each === undefined) || ports.some((each) => scraped.includes(each)))
    );
  });
}
