import { codeName } from './code-name.ts';
import type { Component } from './component.ts';
import type { Environment } from './environment.ts';
import type { ApplicationFacts, Facts } from './facts.ts';
import type { FindingInput } from './finding.ts';
import { hidden } from './hidden.ts';
import type { JsonValue } from './json.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { parseProperties, type ParsedProperties, type PropertiesSchema } from './properties.ts';
import type { RuleSettings } from './rule-settings.ts';
import { originOf, type Origin } from './source-line.ts';
import type { StoreAccess, StoreHistory } from './writes/object-store.ts';

/** A boundary that many components share (OAM: application scope). Made by a scope's factory. */
export interface Scope {
  readonly name: string;
}

/** Makes scopes of one type. */
export interface ScopeFactory<Properties, Parsed = Properties> {
  (...properties: {} extends Properties ? [properties?: Properties] : [properties: Properties]): Scope;
  readonly definition: ScopeInfo<Parsed>;
}

/** What is known of a scope type without its code. */
export interface ScopeInfo<out Parsed = unknown> {
  readonly kind: 'scope';
  /** Unique name of the type. */
  readonly name: string;
  /** npm package that the definition comes from. */
  readonly package: string;
  /** One sentence: what holds inside it. */
  readonly summary: string;
  readonly properties: PropertiesSchema<unknown, Parsed>;
  /** Names of scopes whose properties it reads, where they hold for the same application. */
  readonly knows: readonly string[];
  /** The claims that it fulfils: `secret`. */
  readonly supplies?: readonly string[];
  /**
   * Whether one application may be in two scopes of the type (OAM: allowComponentOverlap).
   * @default false
   */
  readonly allowComponentOverlap?: boolean;
  /** Folder of the project with data files for it: `<folder>/<environment>/<application>/<name>.yaml`. */
  readonly inputs?: string;
}

/** Scope types whose properties another scope reads, by the name under which it gets them. */
export type Knowable = Readonly<Record<string, { readonly definition: ScopeInfo }>>;

/** The properties of the known scopes that hold for an application. */
export type KnownProperties<Knows extends Knowable> = {
  readonly [Each in keyof Knows]?: Knows[Each] extends { readonly definition: ScopeInfo<infer Parsed> }
    ? Parsed
    : never;
};

/** What every part of a scope knows and can do. */
export interface ScopeContext extends StoreAccess, StoreHistory {
  readonly environment: Environment;
  /** All applications of the environment, with their connections. */
  readonly facts: Facts;
  /** Reports something wrong that only the scope can know, about a component's line where one is given. */
  report(input: Omit<FindingInput, 'origins'> & { readonly component?: Component }): void;
}

/** The pods of a namespace outside of the model, such as an ingress gateway's. */
export interface AdmittedPods {
  /** Namespace of the caller. */
  readonly namespace: string;
  readonly cidr?: undefined;
  /**
   * Port of the container.
   * @default - every port of the component
   */
  readonly port?: number;
}

/** Addresses outside of the cluster. */
export interface AdmittedAddresses {
  /** Range of the caller's addresses: `203.0.113.0/24`. Everybody is `0.0.0.0/0` and `::/0`. */
  readonly cidr: string;
  readonly namespace?: undefined;
  /**
   * Port of the container.
   * @default - every port of the component
   */
  readonly port?: number;
}

/** A caller outside of the model that a trait admits to a component. */
export type Admission = (AdmittedPods | AdmittedAddresses) & {
  /** Id of the component. */
  readonly component: string;
};

/** What a scope knows while it is applied to one application. */
export interface ApplicationScopeContext extends ScopeContext {
  readonly application: string;
  readonly namespace: string;
  readonly components: readonly Component[];
  readonly admissions: readonly Admission[];
  /** Copies of the application's objects, as the traits left them: all, or those of one kind. */
  objects(kind?: string): readonly KubernetesObject[];
  /** A data file of the scope for this application and environment. */
  input(name: string): JsonValue | undefined;
  /** Where that file stands in the project, for findings. */
  inputPath(name: string): string;
}

/** What a scope knows while it makes the objects that applications share. */
export interface PlatformScopeContext extends ScopeContext {
  /** The applications that the scope holds for. */
  readonly applications: readonly ApplicationFacts[];
  /** The namespaces of these applications, each once, sorted. */
  readonly namespaces: readonly string[];
}

/** What a scope is. At least one of the three functions says what holds. */
export interface ScopeDefinition<Properties, Parsed, Knows extends Knowable> extends Omit<
  ScopeInfo,
  'kind' | 'properties' | 'knows'
> {
  readonly properties: PropertiesSchema<Properties, Parsed>;
  /** Scopes whose properties it reads, where they hold for the same application. */
  readonly knows?: Knows;
  /** Writes to the objects of one application. */
  application?(
    context: ApplicationScopeContext & { readonly known: KnownProperties<Knows> },
    properties: Parsed,
  ): void;
  /** Makes the objects that applications share; they are written by the platform's home project only. */
  platform?(context: PlatformScopeContext, properties: Parsed): void;
  /** Says which rules hold for the finished objects, and what is waived. */
  rules?(properties: Parsed): RuleSettings;
}

/** What a scope remembers until it is applied. */
export interface ScopeState {
  readonly info: ScopeInfo;
  readonly parsed: ParsedProperties<unknown>;
  /** Where the factory was called. */
  readonly origin: Origin;
  application(context: ApplicationScopeContext, holding: readonly ScopeState[]): void;
  platform(context: PlatformScopeContext): void;
  rules?(): RuleSettings | undefined;
}

export const scopeState = hidden<ScopeState>('scope');

/**
 * Makes a scope type: a function from properties to a scope. It does nothing else.
 *
 * @example
 * export const teamLabel = defineScope({
 *   name: 'team-label', package: '@acme/scopes', summary: 'Labels everything with its team.',
 *   properties: propertiesOf<{ readonly team: string }>()({ team: z.string() }),
 *   application: ({ objects, edit }, { team }) => { ... },
 * });
 */
export function defineScope<Properties, Parsed, const Knows extends Knowable = {}>(
  definition: ScopeDefinition<Properties, Parsed, Knows>,
): ScopeFactory<Properties, Parsed> {
  const knows = Object.values(definition.knows ?? {}).map(({ definition: { name } }) => name);
  const info: ScopeInfo<Parsed> = { ...definition, kind: 'scope', knows };
  const factory = (properties?: Properties): Scope => {
    const origin = originOf(factory);
    const parsed = parseProperties(definition.properties, properties ?? {}, {
      definition: codeName(info),
      origin,
    });
    const scope: Scope = { name: info.name };
    scopeState.set(scope, {
      info,
      parsed,
      origin,
      application: (context, holding) => {
        const known = knownProperties(definition.knows, holding) as KnownProperties<Knows>;
        if (parsed.ok) definition.application?.(Object.assign(context, { known }), parsed.value);
      },
      platform: (context) => {
        if (parsed.ok) definition.platform?.(context, parsed.value);
      },
      rules: () => (parsed.ok ? definition.rules?.(parsed.value) : undefined),
    });
    return scope;
  };
  return Object.assign(factory, { definition: info });
}

/** The properties of those known scopes that are among the ones that hold. */
function knownProperties(
  knows: Knowable = {},
  holding: readonly ScopeState[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(knows).flatMap(([as, { definition }]) => {
      const parsed = holding.find(({ info }) => info.name === definition.name)?.parsed;
      return parsed?.ok === true ? [[as, parsed.value]] : [];
    }),
  );
}
