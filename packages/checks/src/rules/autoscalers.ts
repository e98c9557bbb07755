import { defineRule, type KubernetesObject, type ObjectPlace } from '@strake/core';
import { missingReferenceRule } from './missing-reference.ts';
import { kindInGroup } from './kind-in-group.ts';
import { oncePerTarget } from './once-per-target.ts';
import { numberAt, textAt, valueAt } from './reading.ts';

const FROM = { package: '@strake/checks' } as const;

interface ScaleTarget {
  readonly autoscaler: KubernetesObject;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** Every autoscaler scales a workload that is made. */
export const noMissingScaleTarget = missingReferenceRule({
  ...FROM,
  code: 'no-missing-scale-target',
  kind: 'Deployment.apps',
  summary: 'autoscalers of workloads that an application of the cluster makes',
  why: 'The autoscaler scales nothing.',
  fix: 'Correct the target, or remove the autoscaler.',
  severity: 'error',
  references: (target) =>
    scaleTargets(target).map(({ autoscaler, kind, name }) => ({ at: autoscaler, name, kind })),
});

/** A workload that is scaled at run time has no replica count in the repository. */
export const noReplicasWithHpa = defineRule({
  ...FROM,
  code: 'no-replicas-with-hpa',
  summary: 'no `spec.replicas` on a workload that an autoscaler scales',
  why: 'Every sync sets the count back, and the autoscaler sets it again.',
  fix: 'Attach `autoscale()`, which owns the count, or leave `replicas` out.',
  severity: 'error',
  check(target, report) {
    const targets = scaleTargets(target);
    if (targets.length === 0) return;
    const scaled = new Set(targets.map(({ kind, name, namespace }) => `${kind}/${namespace}/${name}`));
    for (const kind of new Set(targets.map((each) => each.kind))) {
      for (const object of target.of(kind)) {
        const namespace = object.metadata.namespace ?? target.namespace;
        if (!scaled.has(`${kind}/${namespace}/${object.metadata.name}`)) continue;
        const replicas = numberAt(object, 'spec', 'replicas');
        if (replicas !== undefined) report({ at: object, written: `\`spec.replicas\` is ${replicas}` });
      }
    }
  },
});

/** The lower bound of an autoscaler is not above the upper one. */
export const validHpaReplicas = defineRule({
  ...FROM,
  code: 'valid-hpa-replicas',
  summary: '`minReplicas` up to `maxReplicas`',
  why: 'The API server refuses the autoscaler.',
  fix: 'Raise the maximum, or lower the minimum.',
  severity: 'error',
  check(target, report) {
    for (const object of target.of('HorizontalPodAutoscaler.autoscaling')) {
      const min = numberAt(object, 'spec', 'minReplicas') ?? 1;
      const max = numberAt(object, 'spec', 'maxReplicas') ?? 0;
      if (min > max) report({ at: object, written: `it scales from ${min} to ${max}` });
    }
  },
});

/** One workload is scaled by one autoscaler. */
export const uniqueScaleTarget = defineRule<{ readonly place: ObjectPlace; readonly target: string }>({
  ...FROM,
  code: 'unique-scale-target',
  summary: 'one autoscaler for a workload',
  why: 'Two autoscalers of one workload overrule each other without end.',
  fix: 'Remove one of the autoscalers, or put the metrics of both into one.',
  severity: 'error',
  gather: (target) =>
    scaleTargets(target).map(({ autoscaler, kind, name, namespace }) => ({
      place: target.place(autoscaler),
      target: `${kind}/${namespace}/${name}`,
    })),
  relate({ kept }, report) {
    const first = new Map<string, ObjectPlace>();
    for (const { place, target } of kept) {
      const other = first.get(target);
      if (other === undefined) first.set(target, place);
      else if (other.object.kind !== place.object.kind || other.object.name !== place.object.name)
        report({ at: place, written: `${other.object.kind} \`${other.object.name}\` scales its target too` });
    }
  },
});

const AUTOSCALERS = ['HorizontalPodAutoscaler.autoscaling', 'ScaledObject.keda.sh'];

const scaleTargets = oncePerTarget((target): readonly ScaleTarget[] =>
  AUTOSCALERS.flatMap((each) => target.of(each)).flatMap((autoscaler) => {
    const name = textAt(autoscaler, 'spec', 'scaleTargetRef', 'name');
    if (name === undefined) return [];
    // KEDA scales a Deployment where nothing else is written (keda.sh, ScaledObject specification).
    const kind = kindInGroup(valueAt(autoscaler, 'spec', 'scaleTargetRef'), 'Deployment.apps');
    return [{ autoscaler, kind, name, namespace: autoscaler.metadata.namespace ?? target.namespace }];
  }),
);
