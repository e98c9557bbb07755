import { Pods, type Component, type JsonObject, type ObjectWriter, type ScopeContext } from '@strake/core';
import { mapIn, mapsIn, textIn } from './json-parts.ts';

/** One container of a pod template. */
export interface WrittenContainer {
  readonly name: string;
  /** Whether it runs and ends before the others, or beside them as a sidecar. */
  readonly list: 'containers' | 'initContainers';
  /** What the layer below left of it. */
  readonly fields: JsonObject;
}

/** The pods of a component, as traits left them. */
export interface WrittenPods {
  /** Where the spec of the pods stands in the workload: `spec.template.spec`. */
  readonly place: string;
  /** The writer for that spec. */
  readonly writer: ObjectWriter;
  /** The writer for their template. */
  readonly template: ObjectWriter;
  /** The writer for the whole workload. */
  readonly workload: ObjectWriter;
  readonly spec: JsonObject;
  readonly labels: JsonObject;
  readonly containers: readonly WrittenContainer[];
}

/** The pods of a component; undefined where it runs none, or a controller has them. */
export function writtenPods(
  component: Component,
  { edit }: Pick<ScopeContext, 'edit'>,
): WrittenPods | undefined {
  const pods = Pods.tryOf(component);
  if (pods === undefined) return undefined;
  const workload = edit(pods.workload);
  const spec = mapIn(workload.at(pods.template).read('spec'));
  if (spec['containers'] === undefined) return undefined;
  const place = `${pods.template}.spec`;
  return {
    place,
    writer: workload.at(place),
    template: workload.at(pods.template),
    workload,
    spec,
    labels: mapIn(workload.at(pods.template).read('metadata.labels')),
    containers: [...containersIn(spec, 'containers'), ...containersIn(spec, 'initContainers')],
  };
}

function containersIn(spec: JsonObject, list: WrittenContainer['list']): WrittenContainer[] {
  return mapsIn(spec[list]).flatMap((fields) => {
    const name = textIn(fields['name']);
    return name === undefined ? [] : [{ name, list, fields }];
  });
}
