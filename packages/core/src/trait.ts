import type { IConstruct, IMixin } from 'constructs';
import type { AnyCapability, FacetsOf } from './capability.ts';
import { offersCapability } from './capability.ts';
import { codeName } from './code-name.ts';
import { attachTo } from './component-state.ts';
import { Component } from './component.ts';
import type { Environment } from './environment.ts';
import type { FindingInput } from './finding.ts';
import { hidden } from './hidden.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { parseProperties, type ParsedProperties, type PropertiesSchema } from './properties.ts';
import type { AdmittedAddresses, AdmittedPods } from './scope.ts';
import { originOf, type Origin } from './source-line.ts';
import type { StoreAccess } from './writes/object-store.ts';

/** Operational behaviour for one component (OAM: trait). Made by a trait's factory, attached with `attach`. */
export interface Trait<out Needs extends string> extends IMixin {
  readonly name: string;
  readonly needs: readonly Needs[];
}

/** Makes traits of one type. */
export interface TraitFactory<Properties, Needs extends string, Parsed = Properties> {
  (...properties: {} extends Properties ? [properties?: Properties] : [properties: Properties]): Trait<Needs>;
  readonly definition: TraitInfo<Parsed>;
}

/** What is known of a trait type without its code. */
export interface TraitInfo<out Parsed = unknown> {
  readonly kind: 'trait';
  /** Unique name of the type; one component takes one trait of each type. */
  readonly name: string;
  /** npm package that the definition comes from. */
  readonly package: string;
  /** One sentence: what the trait does. */
  readonly summary: string;
  readonly properties: PropertiesSchema<unknown, Parsed>;
  readonly needs: readonly string[];
  /** Names of component types that it may be attached to; all when left out. */
  readonly appliesTo?: readonly string[];
  /** Names of traits that exclude it. */
  readonly conflictsWith?: readonly string[];
  /** Why they exclude it, by name, for those of which it is said. */
  readonly conflictReasons?: Readonly<Record<string, string>>;
  /** Names of traits that must be attached too. */
  readonly requires?: readonly string[];
  /** Names of traits that are not applied when it is attached: it gets their properties instead. */
  readonly absorbs: readonly string[];
  /** Names of traits whose properties it gets, and which are applied all the same. */
  readonly knows: readonly string[];
  /**
   * Whether it is applied after all traits that are not: it sees what they left, and what it writes replaces theirs.
   * @default false
   */
  readonly last?: boolean;
}

/** Trait types whose properties another trait gets, by the name under which it gets them. */
export type OtherTraits = Readonly<Record<string, { readonly definition: TraitInfo }>>;

/** The properties of those other traits that are attached. */
export type OtherProperties<Others extends OtherTraits> = {
  readonly [Each in keyof Others]?: Others[Each] extends { readonly definition: TraitInfo<infer Parsed> }
    ? Parsed
    : never;
};

/** What a trait knows and can do while it is applied. */
export interface TraitContext extends StoreAccess {
  /** The component that it is attached to. */
  readonly component: {
    /** Name of the component's objects. */
    readonly name: string;
    /** Labels for objects that belong to the component. */
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly application: string;
  readonly namespace: string;
  readonly environment: Environment;
  /** Copies of the component's own objects, as the layer below left them. */
  objects(): readonly KubernetesObject[];
  /** Lets callers reach a port of the component: pods of another namespace, such as a gateway's, or addresses. */
  admit(caller: AdmittedPods | AdmittedAddresses): void;
  /** Reports something wrong that only the trait can know. */
  report(input: Omit<FindingInput, 'path' | 'origins'>): void;
}

/** What a trait is applied to: its component's facets, and the properties of other traits there. */
export type TraitTarget<
  Needs extends readonly AnyCapability[],
  Absorbs extends OtherTraits,
  Knows extends OtherTraits,
> = TraitContext &
  FacetsOf<Needs> & { readonly absorbed: OtherProperties<Absorbs>; readonly known: OtherProperties<Knows> };

/** What a trait is. */
export interface TraitDefinition<
  Properties,
  Parsed,
  Needs extends readonly AnyCapability[],
  Absorbs extends OtherTraits,
  Knows extends OtherTraits,
> extends Omit<
  TraitInfo,
  'kind' | 'properties' | 'needs' | 'absorbs' | 'knows' | 'conflictsWith' | 'conflictReasons'
> {
  readonly properties: PropertiesSchema<Properties, Parsed>;
  /**
   * Names of traits that exclude it, each with why: `{ autoscale: 'KEDA makes an autoscaler of its own' }`. Of two that
   * exclude each other only the first attached is applied, and the finding says why. A list has no reasons.
   */
  readonly conflictsWith?: readonly string[] | Readonly<Record<string, string>>;
  /** Capabilities that the component must offer. */
  readonly needs: Needs;
  /** Traits that are not applied when this one is attached: it gets their properties instead. */
  readonly absorbs?: Absorbs;
  /** Traits whose properties it gets, and which are applied all the same. */
  readonly knows?: Knows;
  apply(target: TraitTarget<Needs, Absorbs, Knows>, properties: Parsed): void;
}

/** The properties of other attached traits, by the names under which a trait gets them. */
export interface HandedProperties {
  readonly absorbed: Readonly<Record<string, unknown>>;
  readonly known: Readonly<Record<string, unknown>>;
}

/** What a trait remembers until it is applied. */
export interface TraitState {
  readonly info: TraitInfo;
  readonly absorbs: OtherTraits;
  readonly knows: OtherTraits;
  readonly parsed: ParsedProperties<unknown>;
  /** Where the factory was called. */
  readonly origin: Origin;
  apply(host: IConstruct, context: TraitContext, handed: HandedProperties): void;
}

export const traitState = hidden<TraitState>('trait');

/**
 * Makes a trait type: a function from properties to a trait. It does nothing else.
 *
 * @example
 * export const replicas = defineTrait({
 *   name: 'replicas', package: '@acme/traits', summary: 'Sets the number of replicas.',
 *   properties: propertiesOf<{ readonly count: number }>()({ count: z.int().min(0) }),
 *   needs: [Scalable],
 *   apply: ({ edit, scalable }, { count }) => edit(scalable.workload).set('spec.replicas', count),
 * });
 */
export function defineTrait<
  Properties,
  Parsed,
  const Needs extends readonly AnyCapability[],
  const Absorbs extends OtherTraits = {},
  const Knows extends OtherTraits = {},
>(
  definition: TraitDefinition<Properties, Parsed, Needs, Absorbs, Knows>,
): TraitFactory<Properties, Needs[number]['name'], Parsed> {
  const { absorbs = {}, knows = {} } = definition;
  const needs: readonly Needs[number]['name'][] = definition.needs.map(({ name }) => name);
  const info: TraitInfo<Parsed> = {
    ...definition,
    kind: 'trait',
    needs,
    absorbs: namesOf(absorbs),
    knows: namesOf(knows),
    ...conflictsOf(definition.conflictsWith),
  };
  const written = codeName(info);
  const factory = (properties?: Properties): Trait<Needs[number]['name']> => {
    const origin = originOf(factory);
    const parsed = parseProperties(definition.properties, properties ?? {}, { definition: written, origin });
    const trait: Trait<Needs[number]['name']> = {
      name: info.name,
      needs,
      supports: (construct) =>
        Component.isComponent(construct) && needs.every((name) => offersCapability(construct, name)),
      applyTo: (construct) => attachTo(construct, trait, origin),
    };
    const apply: TraitState['apply'] = (host, context, handed) => {
      if (!parsed.ok) return;
      const target = Object.assign(context, handed);
      for (const need of definition.needs) Reflect.set(target, need.name, need.of(host));
      definition.apply(target as TraitTarget<Needs, Absorbs, Knows>, parsed.value);
    };
    traitState.set(trait, { info, absorbs, knows, parsed, origin, apply });
    return trait;
  };
  return Object.assign(factory, { definition: info });
}

function conflictsOf(given: readonly string[] | Readonly<Record<string, string>> | undefined) {
  if (given === undefined) return { conflictsWith: [] };
  if (isList(given)) return { conflictsWith: given };
  return { conflictsWith: Object.keys(given), conflictReasons: given };
}

function isList(given: object): given is readonly string[] {
  return Array.isArray(given);
}

function namesOf(others: OtherTraits): string[] {
  return Object.values(others).map(({ definition: { name } }) => name);
}
