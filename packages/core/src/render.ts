import { applyTraits } from './apply.ts';
import { applyScopes, platformObjects, type Inputs } from './apply-scopes.ts';
import { Claim, type ClaimFacet } from './capabilities.ts';
import { checkDuplicates, checkObjects, type MadeObjects } from './check.ts';
import { checkConfig, checkSupplies } from './check-config.ts';
import type { Component } from './component.ts';
import { componentFacts, composeApplication, type ComposedApplication } from './compose.ts';
import { isBuilt } from './component-state.ts';
import type { Config } from './config.ts';
import { connectionFacts, declaredConnections } from './connections.ts';
import { environment, type Environment } from './environment.ts';
import { factsOf, type ApplicationFacts, type Facts } from './facts.ts';
import type { PublishedFacts } from './published-facts.ts';
import { grouped } from './grouped.ts';
import { sortFindings, type Finding } from './finding.ts';
import { isKubernetesObject, type KubernetesObject } from './kubernetes-object.ts';
import { lockImages, type LockedApplication } from './lock-images.ts';
import type { Manifest } from './manifest.ts';
import type { Operations } from './operations.ts';
import type { ApplicationClass } from './reference.ts';
import { historyOf } from './writes/history.ts';
import { writersAt } from './writes/writers-at.ts';
import type { LayeredObject } from './writes/layered-object.ts';
import type { ObjectStore } from './writes/object-store.ts';
import type { Report } from './writes/problem.ts';

/** The objects of one application in one environment, or those that its applications share. */
export interface RenderedApplication {
  readonly environment: Environment;
  /** Name of the application; `platform` for the shared objects. */
  readonly application: string;
  readonly namespace: string;
  readonly manifests: readonly Manifest[];
  /** Objects that it leaves to a controller to make, as they would have been. */
  readonly withheld?: readonly KubernetesObject[];
  /** What its components claim of the environment's scopes, whether one supplies it or not. */
  readonly claims?: readonly ClaimFacet[];
  /** Names of its components that were not built, since their properties are wrong: what they make is not known. */
  readonly unbuilt?: readonly string[];
  /** What others may know of it; none of the shared objects. */
  readonly facts?: ApplicationFacts | undefined;
  /** What is known of all applications of the environment. */
  readonly neighbours?: Facts;
}

/** What a project's configuration comes to. */
export interface Render {
  readonly applications: readonly LockedApplication[];
  /** All findings, sorted; with an error among them nothing may be written. */
  readonly findings: readonly Finding[];
}

/** What is rendered, out of all that the configuration has. */
export interface RenderOptions {
  /** @default - all environments */
  readonly environments?: readonly string[];
  /** @default - all applications */
  readonly applications?: readonly string[];
  /** Data files of the project. */
  readonly inputs?: Inputs;
  /** What the other projects of the repository publish. */
  readonly facts?: readonly PublishedFacts[];
}

/** Turns a configuration into plain objects: compose, apply, check. Pure. */
export function render(config: Config, options: RenderOptions = {}): Render {
  const findings: Finding[] = [];
  const applications = [...renderEach(config, options, (each) => findings.push(each))];
  const order = config.platform?.environments.map(({ name }) => name);
  return { applications, findings: sortFindings(findings, order) };
}

/**
 * Renders one application after the other, so that none has to stay in memory. The findings are
 * complete, and to be sorted, when the last application is rendered.
 */
export function* renderEach(
  config: Config,
  options: RenderOptions,
  report: (finding: Finding) => void,
): Generator<LockedApplication> {
  for (const each of [...checkConfig(config, options), ...checkSupplies(config.platform)]) report(each);
  const environments: readonly Environment[] = config.platform?.environments ?? [environment('default')];
  const operations = grouped(config.operations ?? [], ({ application }) => application);
  for (const each of environments) {
    if (options.environments?.includes(each.name) === false) continue;
    yield* renderEnvironment({ config, options, operations, environment: each }, (found) =>
      report({ ...found, environments: [each.name] }),
    );
  }
}

interface EnvironmentToRender {
  readonly config: Config;
  readonly operations: ReadonlyMap<ApplicationClass, readonly Operations[]>;
  readonly options: RenderOptions;
  readonly environment: Environment;
}

function* renderEnvironment(to: EnvironmentToRender, report: Report): Generator<LockedApplication> {
  const { config, options, environment } = to;
  const isWanted = (application: string) => options.applications?.includes(application) ?? true;
  const composed = new Map(
    Object.entries(config.applications)
      .filter(([name]) => environment.hasApplication?.(name) ?? true)
      .map(([name, each]) => [name, compose(name, each, to, isWanted(name) ? report : () => {})]),
  );
  const published = publishedBy(options.facts ?? [], to);
  const configured = Object.entries(config.applications).map(([name, each]) => [each, name] as const);
  const present = [...composed.values()].map((each) => [each.class, each.application] as const);
  const names = new Map([...configured, ...present]);
  const facts = environmentFacts([...composed.values()], published, names);
  const supplies = config.platform?.supplies ?? [];
  const made: MadeObjects = new Map();
  const checked = (
    application: string,
    { namespace, known }: ObjectStore,
    components: readonly Component[] = [],
  ): LockedApplication => {
    const objects = [...known.values()];
    const rendered = lockImages(
      {
        environment,
        application,
        namespace,
        manifests: manifestsOf(objects),
        withheld: objects.map(({ withheld }) => withheld).filter(isKubernetesObject),
        claims: components.map((each) => Claim.tryOf(each)).filter((claim) => claim !== undefined),
        unbuilt: components.filter((each) => !isBuilt(each)).map(({ name }) => name),
        facts: facts.application(application),
        neighbours: facts,
      },
      options.inputs ?? new Map(),
      report,
    );
    checkObjects(rendered, report);
    checkDuplicates(rendered, made, report);
    return rendered;
  };
  for (const [application, each] of composed) {
    composed.delete(application);
    if (!isWanted(application)) continue;
    const operated = applyTraits(each, facts);
    applyScopes(operated, supplies, facts, options.inputs ?? new Map());
    yield checked(application, operated.store, operated.components);
  }
  if (config.ownsPlatform === true && isWanted('platform')) {
    yield checked('platform', platformObjects(environment, supplies, facts, report));
  }
}

/** What the applications of an environment may know of each other. */
function environmentFacts(
  composed: readonly ComposedApplication[],
  published: readonly ApplicationFacts[],
  names: ReadonlyMap<ApplicationClass, string>,
): Facts {
  const drafts = composed.map((each) => ({
    application: each.application,
    namespace: each.namespace,
    components: componentFacts(each),
    connections: [],
  }));
  const components = factsOf([...drafts, ...published], names);
  const own = drafts.map((draft, index) => ({
    ...draft,
    connections: (composed[index]?.components ?? [])
      .flatMap(declaredConnections)
      .flatMap((each) => connectionFacts(draft.application, each, components)),
  }));
  return factsOf([...own, ...published], names);
}

/** What other projects publish about applications of this environment that this project does not have. */
function publishedBy(
  published: readonly PublishedFacts[],
  { config, environment }: EnvironmentToRender,
): ApplicationFacts[] {
  return published
    .filter((each) => each.environment === environment.name)
    .map(({ facts }) => facts)
    .filter(({ application }) => !Object.hasOwn(config.applications, application));
}

function compose(
  application: string,
  applicationClass: ApplicationClass,
  { operations, environment }: EnvironmentToRender,
  report: Report,
): ComposedApplication {
  const namespace = environment.namespaceOf(application);
  return composeApplication(applicationClass, operations.get(applicationClass) ?? [], {
    application,
    environment,
    namespace,
    report,
  });
}

function manifestsOf(objects: readonly LayeredObject[]): Manifest[] {
  return objects.flatMap((each) => {
    const { value, delegations, creations } = each;
    if (!isKubernetesObject(value)) return [];
    return {
      object: value,
      delegations,
      writer: creations[0]?.writer,
      history: () => historyOf(each),
      writersOf: (steps: readonly string[]) => writersAt(each, steps),
    };
  });
}
