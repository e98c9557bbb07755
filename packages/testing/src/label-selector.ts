import type { JsonValue } from '@strake/core';
import { listAt, mapsAt, textAt, textsAt } from './json-at.ts';

/** Labels of something, by key. */
export type Labels = Readonly<Record<string, string>>;

/** Whether all of these labels are among those. */
export function hasLabels(wanted: Labels, labels: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** Whether a selector selects what has these labels (Kubernetes API: LabelSelector). An empty one selects all. */
export function selects(selector: JsonValue | undefined, labels: Labels): boolean {
  return (
    hasLabels(textsAt(selector, 'matchLabels'), labels) &&
    mapsAt(selector, 'matchExpressions').every((each) => {
      const label = labels[textAt(each, 'key') ?? ''];
      const isAmong = label !== undefined && listAt(each, 'values').includes(label);
      switch (textAt(each, 'operator')) {
        case 'In':
          return isAmong;
        case 'NotIn':
          return !isAmong;
        case 'Exists':
          return label !== undefined;
        default:
          return label === undefined;
      }
    })
  );
}

/** Whether a selector says nothing, so that it selects all there is. */
export function isEmpty(selector: JsonValue | undefined): boolean {
  return (
    Object.keys(textsAt(selector, 'matchLabels')).length === 0 &&
    mapsAt(selector, 'matchExpressions').length === 0
  );
}
