import {
  defineComponent,
  propertiesOf,
  type AnyCapability,
  type Capability,
  type Component,
} from '@strake/core';
import type { Construct } from 'constructs';
import { facetsOfObjects, type ReadableCapability } from './construct-facets.ts';

/** What a construct is made of, and what it offers to traits. */
export interface FromConstructProperties<Offers extends ReadableCapability> {
  /** Any of `Pods`, `Scalable` and `Exposed`. What they need to know is read from the objects. */
  readonly offers: readonly Capability<Offers, unknown>[];
  /**
   * Whether its workload runs already, so that the pods get no labels of the component: they would restart.
   * @default false
   */
  readonly adopt?: boolean;
  /** Constructs what the component consists of, below `parent`. */
  build(parent: Component): unknown;
}

/**
 * Makes a component of any construct of cdk8s, cdk8s-plus or `cdk8s import`.
 *
 * The objects keep their names and selectors. They and the pods get the labels of the component where they do not have
 * them; traits write to the first container.
 *
 * @example
 * readonly reports = fromConstruct(this, 'reports', {
 *   offers: [Pods, Scalable],
 *   build: (parent) => new Deployment(parent, 'reports', { containers: [{ image: 'ghcr.io/acme/reports:0.9.3' }] }),
 * });
 */
export function fromConstruct<Offers extends ReadableCapability>(
  parent: Construct,
  id: string,
  { offers, adopt = false, build }: FromConstructProperties<Offers>,
): Component<Offers> {
  const offered: readonly AnyCapability[] = offers;
  const Made = defineComponent({
    name: 'from-construct',
    package: '@strake/components',
    summary: 'A construct of cdk8s, cdk8s-plus or `cdk8s import`.',
    properties: propertiesOf<{}>()({}),
    offers: offered,
    constructedBy: fromConstruct,
    build(component) {
      build(component);
      return facetsOfObjects(component, { offers: offers.map(({ name }) => name), adopt });
    },
  });
  return new Made(parent, id);
}
