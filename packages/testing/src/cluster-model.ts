import type { KubernetesObject, Manifest, RenderedApplication } from '@strake/core';
import { madeByFlagger } from './flagger-model.ts';
import { mapAt, textAt } from './json-at.ts';
import type { Labels } from './label-selector.ts';
import { podSetOf, type PodSet } from './pod-set.ts';

/** An object as it will stand in a cluster. */
export interface ModelObject {
  readonly object: KubernetesObject;
  /** Construct path of the component that it belongs to; empty for what applications share. */
  readonly owner: string;
  readonly namespace: string;
  /** What was rendered; nothing for an object that a controller makes. */
  readonly manifest?: Manifest;
}

/** Rendered applications of one environment, together with what controllers make of them. */
export class ClusterModel {
  readonly objects: readonly ModelObject[];
  readonly pods: readonly PodSet[];
  /** Objects that somebody else makes: `Secret/registry`. */
  readonly given: ReadonlySet<string>;
  readonly kinds = new Map<string, ModelObject[]>();

  constructor(applications: readonly RenderedApplication[], given: Iterable<string> = []) {
    const rendered = applications.flatMap(objectsOf);
    this.given = new Set(given);
    this.objects = [...rendered, ...controlled(rendered)];
    for (const each of this.objects) {
      const known = this.kinds.get(each.object.kind);
      if (known === undefined) this.kinds.set(each.object.kind, [each]);
      else known.push(each);
    }
    this.pods = podSets(this.objects);
  }

  /** The objects of some kinds. */
  of(...kinds: readonly string[]): readonly ModelObject[] {
    return kinds.flatMap((kind) => this.kinds.get(kind) ?? []);
  }

  find(kind: string, name: string, namespace: string): ModelObject | undefined {
    return this.of(kind).find(
      ({ object, namespace: within }) =>
        object.metadata.name === name && (within === namespace || object.metadata.namespace === undefined),
    );
  }

  /** Whether there is such an object, or somebody else is known to make it. */
  has(kind: string, name: string, namespace: string): boolean {
    return this.given.has(`${kind}/${name}`) || this.find(kind, name, namespace) !== undefined;
  }

  /** The pods in a namespace whose labels are selected. */
  podsWhere(namespace: string, isSelected: (labels: Labels) => boolean): readonly PodSet[] {
    return this.pods.filter((each) => each.namespace === namespace && isSelected(each.labels));
  }

  podsOf(owner: string): readonly PodSet[] {
    return this.pods.filter((each) => each.owner === owner);
  }
}

function objectsOf({ application, namespace, manifests }: RenderedApplication): ModelObject[] {
  const made = new Set(manifests.map(({ writer }) => writer?.path));
  return manifests.map((manifest) => {
    const { object, writer } = manifest;
    // A scope writes for the whole application, and an object that is made together has no one maker: a label says of
    // which component it is.
    const labelled = `${application}/${object.metadata.labels?.['app.kubernetes.io/name']}`;
    const isShared = writer === undefined || writer.layer === 'scope';
    const own = isShared ? (made.has(labelled) ? labelled : '') : writer.path;
    return { object, owner: own, namespace: object.metadata.namespace ?? namespace, manifest };
  });
}

function controlled(rendered: readonly ModelObject[]): ModelObject[] {
  const pods = podSets(rendered);
  return rendered.flatMap(({ object: canary, owner, namespace }) => {
    if (canary.kind !== 'Canary') return [];
    const { kind, name } = mapAt(canary, 'spec', 'targetRef') ?? {};
    const target = pods.find(
      ({ workload, namespace: within }) =>
        workload.kind === kind && workload.metadata.name === name && within === namespace,
    );
    if (target === undefined) return [];
    const reference = mapAt(canary, 'spec', 'autoscalerRef');
    const scaler = rendered.find(
      (each) =>
        each.object.kind === textAt(reference, 'kind') &&
        each.object.metadata.name === textAt(reference, 'name') &&
        each.namespace === namespace,
    );
    return madeByFlagger(canary, { target, scaler: scaler?.object }).map((object) => ({
      object,
      owner,
      namespace,
    }));
  });
}

function podSets(objects: readonly ModelObject[]): PodSet[] {
  return objects.flatMap(({ object, owner, namespace }) => podSetOf(object, owner, namespace) ?? []);
}
