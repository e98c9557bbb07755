import type { ApiObject } from 'cdk8s';
import {
  Claim,
  type Component,
  defineComponent,
  Exposed,
  Mountable,
  Pods,
  propertiesOf,
  Scalable,
  type AnyCapability,
  type ComponentInfo,
  type KubernetesObject,
} from '@strake/core';

/** Capabilities whose facets are known, so that they can be offered by a copy. */
const KNOWN: readonly AnyCapability[] = [Pods, Scalable, Exposed, Mountable, Claim];

/** A component that begins where another one ended: same name, same capabilities, and these objects. */
export function finishedComponent(
  original: Component,
  objects: readonly KubernetesObject[],
): Component | undefined {
  const parent = original.node.scope;
  const info = infoOf(original);
  const offered = KNOWN.filter((each) => each.tryOf(original) !== undefined);
  if (
    parent === undefined ||
    info?.offers.some((name) => offered.every((each) => each.name !== name)) !== false
  )
    return undefined;
  const Finished = defineComponent({
    name: info.name,
    package: info.package,
    summary: info.summary,
    properties: propertiesOf<{}>()({}),
    offers: offered,
    nameOf: () => original.name,
    build(component) {
      const made = objects.map((object) => component.object(object));
      return Object.fromEntries(offered.map((each) => [each.name, moved(each.tryOf(original), made)]));
    },
  });
  parent.node.tryRemoveChild(original.node.id);
  return new Finished(parent, original.node.id);
}

/** What is known of a component's type. */
export function infoOf(component: Component): ComponentInfo | undefined {
  const { definition } = component.constructor as { readonly definition?: ComponentInfo };
  return definition;
}

/** A facet that names the copies of objects where it named the objects. */
function moved(facet: unknown, made: readonly ApiObject[]): unknown {
  if (typeof facet !== 'object' || facet === null) return facet;
  return Object.fromEntries(
    Object.entries(facet).map(([key, value]: [string, unknown]) => [key, movedObject(value, made)]),
  );
}

function movedObject(value: unknown, made: readonly ApiObject[]): unknown {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('name' in value)) return value;
  return made.find(({ kind, name }) => kind === value.kind && name === value.name) ?? value;
}
