import type { IConstruct } from 'constructs';
import { finding, StrakeError } from './finding.ts';

/**
 * What a component offers and a trait needs (OAM: a workload characteristic).
 * The facet is the data that a trait reads to know where to write.
 */
export interface Capability<out Name extends string, Facet> {
  readonly name: Name;
  /** Says that `host` offers this capability. */
  implement(host: IConstruct, facet: Facet): void;
  /** The facet of `host`. Throws `capability-missing` when it has none. */
  of(host: IConstruct): Facet;
  /** The facet of `host`, or undefined when it has none. */
  tryOf(host: IConstruct): Facet | undefined;
}

/** A capability of any name and facet. */
export type AnyCapability = Capability<string, unknown>;

/** The facet that belongs to a capability. */
export type FacetOf<Offered> = Offered extends { of(host: IConstruct): infer Facet } ? Facet : never;

/** The facets of several capabilities, by capability name. */
export type FacetsOf<Offered extends readonly { readonly name: string }[]> = {
  readonly [Each in Offered[number] as Each['name']]: FacetOf<Each>;
};

/**
 * Makes a capability. The name is its identity, also across installed copies of one package.
 *
 * @example
 * const Scalable = defineCapability<{ workload: ApiObject }>()('scalable');
 */
export function defineCapability<Facet>() {
  return <const Name extends string>(name: Name): Capability<Name, Facet> => {
    const key = capabilityKey(name);
    const tryOf = (host: IConstruct): Facet | undefined => Reflect.get(host, key);
    return {
      name,
      tryOf,
      implement: (host, facet) => {
        Object.defineProperty(host, key, { value: facet, configurable: true });
      },
      of: (host) => {
        const facet = tryOf(host);
        if (facet !== undefined) return facet;
        throw new StrakeError([
          finding({
            code: 'capability-missing',
            path: host.node.path,
            written: `the capability \`${name}\` is asked of it`,
            allowed: `a component that offers \`${name}\``,
            fix: `Choose a component that offers \`${name}\`, or call implement() on this one.`,
          }),
        ]);
      },
    };
  };
}

/** Whether `host` offers the capability of that name. */
export function offersCapability(host: IConstruct, name: string): boolean {
  return capabilityKey(name) in host;
}

function capabilityKey(name: string): symbol {
  return Symbol.for(`@strake/core.capability.${name}`);
}
