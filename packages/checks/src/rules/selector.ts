import type { JsonValue } from '@strake/core';
import { mapsAt, textAt, textEntriesAt, textsAt } from './reading.ts';

/** A label selector of Kubernetes (Kubernetes API: LabelSelector). */
export interface Selector {
  readonly equals: readonly (readonly [string, string])[];
  readonly conditions: readonly Condition[];
}

interface Condition {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** A selector as `matchLabels` and `matchExpressions` write it; undefined where there is none. */
export function selectorOf(value: JsonValue | undefined): Selector | undefined {
  if (value === undefined) return undefined;
  return {
    equals: textEntriesAt(value, 'matchLabels'),
    conditions: mapsAt(value, 'matchExpressions').map((each) => ({
      key: textAt(each, 'key') ?? '',
      operator: textAt(each, 'operator') ?? '',
      values: textsAt(each, 'values'),
    })),
  };
}

/** A selector as a Service writes it: a map of labels; undefined where there is none. */
export function labelsSelector(value: JsonValue | undefined): Selector | undefined {
  const equals = textEntriesAt(value);
  return equals.length === 0 ? undefined : { equals, conditions: [] };
}

export function selects({ equals, conditions }: Selector, labels: ReadonlyMap<string, string>): boolean {
  return (
    equals.every(([key, value]) => labels.get(key) === value) &&
    conditions.every((condition) => holds(condition, labels.get(condition.key)))
  );
}

function holds({ operator, values }: Condition, label: string | undefined): boolean {
  if (operator === 'In') return label !== undefined && values.includes(label);
  if (operator === 'NotIn') return label === undefined || !values.includes(label);
  return operator === 'Exists' ? label !== undefined : label === undefined;
}

/** Things with labels in namespaces, found by selector without looking at all of them. */
export class LabelIndex<Labelled extends LabelledThing> {
  readonly namespaces = new Map<string, Labelled[]>();
  readonly labels = new Map<string, Labelled[]>();

  add(thing: Labelled): void {
    push(this.namespaces, thing.namespace, thing);
    for (const [key, value] of thing.labels) push(this.labels, keyOf(thing.namespace, key, value), thing);
  }

  /** What a selector selects in a namespace, lazily, searched among what has the rarest of its labels. */
  *selected(selector: Selector, namespace: string): Generator<Labelled> {
    const buckets = selector.equals.map(
      ([key, value]) => this.labels.get(keyOf(namespace, key, value)) ?? [],
    );
    const smallest = buckets.toSorted((left, right) => left.length - right.length)[0];
    for (const thing of smallest ?? this.namespaces.get(namespace) ?? []) {
      if (selects(selector, thing.labels)) yield thing;
    }
  }
}

/** What a label index holds. */
export interface LabelledThing {
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
}

function keyOf(namespace: string, key: string, value: string): string {
  return `${namespace}/${key}=${value}`;
}

function push<Item>(groups: Map<string, Item[]>, key: string, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
