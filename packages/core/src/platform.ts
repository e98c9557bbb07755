import {
  environment,
  type ApplicationProperties,
  type Environment,
  type EnvironmentProperties,
} from './environment.ts';
import type { Finding } from './finding.ts';
import { platformSchema, selectorSchema, validProperties } from './platform-schema.ts';
import { parseProperties } from './properties.ts';
import { scopeState, type Scope, type ScopeInfo } from './scope.ts';
import { originOf, originOfNew, type Origin } from './source-line.ts';

/** What cluster operators publish. */
export interface PlatformProperties<Name extends string> {
  /** The deploy targets, by name. */
  readonly environments: Readonly<Record<Name, EnvironmentProperties>>;
  /**
   * Namespace of every application, in environments that name none.
   * @default - each application has a namespace of its own name
   */
  readonly namespace?: string;
  /**
   * What is said about single applications, by application name.
   * @default - nothing
   */
  readonly applications?: Readonly<Record<string, ApplicationProperties<NoInfer<Name>>>>;
  /**
   * Who approves changes of what applications share and of what the agent reads: `@acme/platform`, or an address.
   * @default []
   */
  readonly owners?: readonly string[];
}

/** For what a scope holds. All conditions that are given must hold. */
export interface ScopeSelector<Name extends string = string> {
  /** Environments of this tier. */
  readonly tier?: string;
  /** Environments of these names. */
  readonly environments?: readonly Name[];
  /** Applications of these names. */
  readonly applications?: readonly string[];
  /** Applications that the platform gives all of these labels, or whose environment it does. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A scope that the platform supplies. */
export interface Supply {
  readonly scope: Scope;
  readonly selector: ScopeSelector;
  readonly origin: Origin;
}

/** The environments, and the scopes that hold in them. */
export class Platform<Name extends string = string> {
  readonly name: string;
  readonly environments: readonly Environment<Name>[];
  readonly supplies: readonly Supply[] = [];
  /** What is said about single applications, by application name. */
  readonly applications: Readonly<Record<string, ApplicationProperties>>;
  /** Who approves changes, by application; `platform` for what applications share. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
  /** What is wrong with the properties and selectors: types do not hold where a platform is written in JavaScript. */
  readonly findings: readonly Finding[];

  constructor(name: string, properties: PlatformProperties<Name>) {
    const from = { definition: 'Platform', origin: originOfNew(new.target, Platform) };
    const parsed = parseProperties(platformSchema, properties, from);
    this.name = name;
    this.environments = environmentsOf(properties);
    this.applications = properties.applications ?? {};
    this.owners = ownersOf(properties);
    this.findings = parsed.ok ? [] : parsed.findings(`platform/${name}`);
  }

  /**
   * Supplies a scope to every application of the environments that the selector names.
   * @returns a platform with that scope as well; this one stays as it is
   */
  supply(scope: Scope, selector: ScopeSelector<Name> = {}): Platform<Name> {
    const supply: Supply = { scope, selector, origin: originOf(this.supply) };
    const parsed = parseProperties(selectorSchema, selector, { definition: 'supply', origin: supply.origin });
    const found = parsed.ok ? [] : parsed.findings(`platform/${scope?.name}`);
    const supplied = { supplies: [...this.supplies, supply], findings: [...this.findings, ...found] };
    return Object.assign(Object.create(Platform.prototype), this, supplied);
  }

  /** The platform with its environments as they are in an emergency: what brings out revisions skips their analysis. */
  inEmergency(): Platform<Name> {
    const environments = this.environments.map((each) => ({ ...each, isEmergency: true }));
    return Object.assign(Object.create(Platform.prototype), this, { environments });
  }

  /** The environment of that name. */
  environment(name: Name): Environment<Name> | undefined {
    return this.environments.find((each) => each.name === name);
  }
}

function environmentsOf<Name extends string>({
  environments,
  namespace,
  applications,
}: PlatformProperties<Name>): Environment<Name>[] {
  return typedEntries(environments).map(([name, properties]) =>
    environment(name, withNamespace(validProperties(properties), namespace), applications),
  );
}

function withNamespace(properties: EnvironmentProperties, namespace: string | undefined) {
  return { ...properties, namespace: properties.namespace ?? namespace };
}

function ownersOf({ applications = {}, owners = [] }: PlatformProperties<string>) {
  const all = Object.entries(applications).map(([name, each]) => [name, each.owners ?? []] as const);
  return new Map([...all, ['platform', owners] as const].filter(([, each]) => each.length > 0));
}

/** The entries of a map. A text and a list have entries too, but none that is a name. */
function typedEntries<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  const isNamed = typeof record !== 'string' && !Array.isArray(record);
  return isNamed ? (Object.entries(record) as [Key, Value][]) : [];
}

/** Whether a selector holds for an application in an environment. */
export function selects(selector: ScopeSelector, environment: Environment, application: string): boolean {
  const { tier, environments, applications, labels = {} } = selector;
  const given = environment.labelsOf?.(application) ?? {};
  return (
    (tier === undefined || tier === environment.tier) &&
    (environments === undefined || environments.includes(environment.name)) &&
    (applications === undefined || applications.includes(application)) &&
    Object.entries(labels).every(([name, value]) => given[name] === value)
  );
}

/**
 * The properties of the scopes of one type that hold for an application, in the order in which they are supplied: for
 * what reads them without being a scope, such as an agent.
 */
export function suppliedProperties<Parsed>(
  platform: Platform | undefined,
  { definition }: { readonly definition: ScopeInfo<Parsed> },
  at: { readonly environment: Environment; readonly application: string },
): Parsed[] {
  return (platform?.supplies ?? []).flatMap(({ scope, selector }) => {
    if (!selects(selector, at.environment, at.application)) return [];
    const state = scopeState.get(scope);
    return state?.info.name === definition.name && state.parsed.ok ? [state.parsed.value as Parsed] : [];
  });
}

/** The project folders whose data files a platform's scopes read, each once, sorted. */
export function inputFolders(platform: Platform | undefined): readonly string[] {
  const folders = (platform?.supplies ?? []).flatMap(({ scope }) => scopeState.get(scope)?.info.inputs ?? []);
  return [...new Set(folders)].toSorted();
}
