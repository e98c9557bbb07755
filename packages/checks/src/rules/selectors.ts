import { defineRule, type ObjectPlace } from '@strake/core';
import { podsOf, SELECTING_KINDS } from './pods.ts';
import { textAt, valueAt } from './reading.ts';
import { LabelIndex, labelsSelector, selectorOf, selects, type Selector } from './selector.ts';

const FROM = { package: '@strake/checks' } as const;

/** Every workload selects the pods that it makes. */
export const validPodSelector = defineRule({
  ...FROM,
  code: 'valid-pod-selector',
  summary: 'a selector that selects the pods of its own template',
  why: 'The API server refuses a workload that does not select its own pods.',
  fix: "Put the selector's labels on the pod template.",
  severity: 'error',
  check(target, report) {
    for (const { object, labels } of podsOf(target, SELECTING_KINDS)) {
      const selector = workloadSelector(object.kind, valueAt(object, 'spec', 'selector'));
      if (selector === undefined) continue;
      if (!selects(selector, labels))
        report({ at: object, written: 'its selector does not select the pods of its template' });
    }
  },
});

interface SelectingWorkload {
  readonly place: ObjectPlace;
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly selector: Selector | undefined;
}

/** No workload selects the pods of another one. */
export const noOverlappingSelector = defineRule<SelectingWorkload>({
  ...FROM,
  code: 'no-overlapping-selector',
  summary: 'a selector that selects no pods of another workload',
  why: "The two count each other's pods as their own, and Services and budgets of one get the pods of the other.",
  fix: 'Give one of the workloads a label of its own, and select by it.',
  severity: 'error',
  *gather(target) {
    for (const { object, namespace, labels } of podsOf(target)) {
      const isSelecting =
        textAt(object, 'kind') !== 'Pod' && valueAt(object, 'spec', 'selector') !== undefined;
      const selector = isSelecting
        ? workloadSelector(object.kind, valueAt(object, 'spec', 'selector'))
        : undefined;
      yield { place: target.place(object), namespace, labels, selector };
    }
  },
  relate({ kept }, report) {
    const index = new LabelIndex<SelectingWorkload>();
    for (const each of kept) index.add(each);
    for (const each of kept) {
      if (each.selector === undefined) continue;
      for (const other of index.selected(each.selector, each.namespace)) {
        if (isSameObject(other.place, each.place)) continue;
        const { kind, name } = other.place.object;
        const from =
          other.place.application === each.place.application ? '' : ` of \`${other.place.application}\``;
        report({ at: each.place, written: `it selects the pods of ${kind} \`${name}\`${from} too` });
        break;
      }
    }
  },
});

/** An object that two environments of one cluster make is another rule's finding. */
function isSameObject(left: ObjectPlace, right: ObjectPlace): boolean {
  return left.object.kind === right.object.kind && left.object.name === right.object.name;
}

function workloadSelector(kind: string, value: Parameters<typeof selectorOf>[0]): Selector | undefined {
  return kind === 'ReplicationController' ? labelsSelector(value) : selectorOf(value);
}
