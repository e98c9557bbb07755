import { environment, type Environment, type EnvironmentProperties } from './environment.ts';
import { scopeState, type Scope } from './scope.ts';
import { originOf, type Origin } from './source-line.ts';

/** What cluster operators publish. */
export interface PlatformProperties<Name extends string> {
  /** The deploy targets, by name. */
  readonly environments: Readonly<Record<Name, EnvironmentProperties>>;
}

/** For what a scope holds. All conditions that are given must hold. */
export interface ScopeSelector<Name extends string = string> {
  /** Environments of this tier. */
  readonly tier?: string;
  /** Environments of these names. */
  readonly environments?: readonly Name[];
  /** Applications of these names. */
  readonly applications?: readonly string[];
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

  constructor(name: string, properties: PlatformProperties<Name>) {
    this.name = name;
    this.environments = environmentsOf(properties.environments);
  }

  /**
   * Supplies a scope to every application of the environments that the selector names.
   * @returns a platform with that scope as well; this one stays as it is
   */
  supply(scope: Scope, selector: ScopeSelector<Name> = {}): Platform<Name> {
    const supply: Supply = { scope, selector, origin: originOf(this.supply) };
    return Object.assign(Object.create(Platform.prototype), this, { supplies: [...this.supplies, supply] });
  }

  /** The environment of that name. */
  environment(name: Name): Environment<Name> | undefined {
    return this.environments.find((each) => each.name === name);
  }
}

function environmentsOf<Name extends string>(
  environments: Readonly<Record<Name, EnvironmentProperties>>,
): Environment<Name>[] {
  return typedEntries(environments).map(([name, properties]) => environment(name, properties));
}

function typedEntries<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][];
}

/** Whether a selector holds for an application in an environment. */
export function selects(selector: ScopeSelector, { name, tier }: Environment, application: string): boolean {
  return (
    (selector.tier === undefined || selector.tier === tier) &&
    (selector.environments === undefined || selector.environments.includes(name)) &&
    (selector.applications === undefined || selector.applications.includes(application))
  );
}

/** The project folders whose data files a platform's scopes read, each once, sorted. */
export function inputFolders(platform: Platform | undefined): readonly string[] {
  const folders = (platform?.supplies ?? []).flatMap(({ scope }) => scopeState.get(scope)?.info.inputs ?? []);
  return [...new Set(folders)].toSorted();
}
