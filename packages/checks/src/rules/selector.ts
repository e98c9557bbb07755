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
  readonly #namespaces = new Map<string, LabelsOfNamespace<Labelled>>();

  add(thing: Labelled): void {
    const within = this.#namespaces.get(thing.namespace);
    if (within === undefined) this.#namespaces.set(thing.namespace, new LabelsOfNamespace(thing));
    else within.add(thing);
  }

  /** What a selector selects in a namespace, lazily, searched among what has the rarest of its labels. */
  *selected(selector: Selector, namespace: string): Generator<Labelled> {
    for (const thing of this.#namespaces.get(namespace)?.candidates(selector) ?? []) {
      if (selects(selector, thing.labels)) yield thing;
    }
  }
}

/** What a label index holds. */
export interface LabelledThing {
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
}

/** So few things are searched faster one by one: most namespaces have no more. */
const FEW = 8;

/** The things of one namespace, and, once they are many and asked for, the same by label. */
class LabelsOfNamespace<Labelled extends LabelledThing> {
  readonly #things: Labelled[];
  #byLabel: ReadonlyMap<string, readonly Labelled[]> | undefined;

  constructor(first: Labelled) {
    this.#things = [first];
  }

  add(thing: Labelled): void {
    this.#things.push(thing);
    this.#byLabel = undefined;
  }

  candidates({ equals }: Selector): readonly Labelled[] {
    if (this.#things.length <= FEW || equals.length === 0) return this.#things;
    const byLabel = (this.#byLabel ??= thingsByLabel(this.#things));
    let rarest: readonly Labelled[] = this.#things;
    for (const [key, value] of equals) {
      const having = byLabel.get(`${key}=${value}`) ?? [];
      if (having.length < rarest.length) rarest = having;
    }
    return rarest;
  }
}

function thingsByLabel<Labelled extends LabelledThing>(things: readonly Labelled[]) {
  const groups = new Map<string, Labelled[]>();
  for (const thing of things) {
    for (const [key, value] of thing.labels) {
      const group = groups.get(`${key}=${value}`);
      if (group === undefined) groups.set(`${key}=${value}`, [thing]);
      else group.push(thing);
    }
  }
  return groups;
}
