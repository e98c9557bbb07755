import { applyTraits } from './apply.ts';
import { applyScopes, platformObjects, type Inputs } from './apply-scopes.ts';
import { checkDuplicates, checkObjects, type MadeObjects } from './check.ts';
import { checkConfig, checkSupplies } from './check-config.ts';
import { componentFacts, composeApplication } from './compose.ts';
import type { Config } from './config.ts';
import { connectionFacts, declaredConnections } from './connections.ts';
import { environment, type Environment } from './environment.ts';
import { factsOf, type Facts } from './facts.ts';
import { grouped } from './grouped.ts';
import { sortFindings, type Finding } from './finding.ts';
import { isKubernetesObject } from './kubernetes-object.ts';
import type { Manifest } from './manifest.ts';
import type { Operations } from './operations.ts';
import type { ApplicationClass } from './reference.ts';
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
}

/** What a project's configuration comes to. */
export interface Render {
  readonly applications: readonly RenderedApplication[];
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
}

/** Turns a configuration into plain objects: compose, apply, check. Pure. */
export function render(config: Config, options: RenderOptions = {}): Render {
  const findings: Finding[] = [];
  const applications = [...renderEach(config, options, (each) => findings.push(each))];
  return { applications, findings: sortFindings(findings) };
}

/**
 * Renders one application after the other, so that none has to stay in memory. The findings are
 * complete, and to be sorted, when the last application is rendered.
 */
export function* renderEach(
  config: Config,
  options: RenderOptions,
  report: (finding: Finding) => void,
): Generator<RenderedApplication> {
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

function* renderEnvironment(to: EnvironmentToRender, report: Report): Generator<RenderedApplication> {
  const { config, options, environment } = to;
  const facts = environmentFacts(to);
  const supplies = config.platform?.supplies ?? [];
  const isWanted = (application: string) => options.applications?.includes(application) ?? true;
  const made: MadeObjects = new Map();
  const checked = (application: string, { namespace, known }: ObjectStore): RenderedApplication => {
    const rendered = { environment, application, namespace, manifests: manifestsOf(known.values()) };
    checkObjects(rendered, report);
    checkDuplicates(rendered, made, report);
    return rendered;
  };
  for (const [application, applicationClass] of Object.entries(config.applications)) {
    if (!isWanted(application)) continue;
    const operated = applyTraits(compose(application, applicationClass, to, report), facts);
    applyScopes(operated, supplies, facts, options.inputs ?? new Map());
    yield checked(application, operated.store);
  }
  if (config.ownsPlatform === true && isWanted('platform')) {
    yield checked('platform', platformObjects(environment, supplies, facts, report));
  }
}

/** Composes all applications of an environment, and keeps only what they may know of each other. */
function environmentFacts(to: EnvironmentToRender): Facts {
  const drafts = Object.entries(to.config.applications).map(([application, applicationClass]) => {
    const composed = compose(application, applicationClass, to, () => {});
    const { namespace } = composed;
    const connections = composed.components.flatMap(declaredConnections);
    return { application, namespace, components: componentFacts(composed), connections };
  });
  const names = new Map(Object.entries(to.config.applications).map(([name, each]) => [each, name]));
  const components = factsOf(
    drafts.map((draft) => ({ ...draft, connections: [] })),
    names,
  );
  return factsOf(
    drafts.map((draft) => ({
      ...draft,
      connections: draft.connections.flatMap((each) => connectionFacts(draft.application, each, components)),
    })),
    names,
  );
}

function compose(
  application: string,
  applicationClass: ApplicationClass,
  { operations, environment }: EnvironmentToRender,
  report: Report,
) {
  const namespace = environment.namespaceOf(application);
  return composeApplication(applicationClass, operations.get(applicationClass) ?? [], {
    application,
    environment,
    namespace,
    report,
  });
}

function manifestsOf(objects: Iterable<LayeredObject>): Manifest[] {
  return [...objects].flatMap(({ value, delegations }) =>
    isKubernetesObject(value) ? [{ object: value, delegations }] : [],
  );
}
