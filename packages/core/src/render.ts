import { applyTraits } from './apply.ts';
import { applyScopes, platformObjects, type Inputs } from './apply-scopes.ts';
import { checkDuplicates, checkObjects } from './check.ts';
import { componentFacts, composeApplication, type ComposedApplication } from './compose.ts';
import type { Config } from './config.ts';
import { environment as defaultEnvironment, type Environment } from './environment.ts';
import type { ApplicationFacts, Facts } from './facts.ts';
import { sortFindings, type Finding } from './finding.ts';
import { checkConfig, checkSupplies } from './check-config.ts';
import { isKubernetesObject } from './kubernetes-object.ts';
import type { Manifest } from './manifest.ts';
import type { ObjectStore } from './writes/object-store.ts';

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
  const findings: Finding[] = [...checkConfig(config, options), ...checkSupplies(config.platform)];
  const environments: readonly Environment[] = config.platform?.environments ?? [
    defaultEnvironment('default'),
  ];
  const applications = environments
    .filter(({ name }) => options.environments?.includes(name) ?? true)
    .flatMap((environment) => {
      const report = (each: Finding) => findings.push({ ...each, environments: [environment.name] });
      return renderEnvironment(config, environment, options, report);
    });
  return { applications, findings: sortFindings(findings) };
}

function renderEnvironment(
  config: Config,
  environment: Environment,
  options: RenderOptions,
  report: (finding: Finding) => void,
): RenderedApplication[] {
  const composed = Object.entries(config.applications).map(([application, applicationClass]) =>
    composeApplication(applicationClass, config.operations ?? [], {
      application,
      environment,
      namespace: environment.namespaceOf(application),
      report,
    }),
  );
  const known = factsOf(composed, []);
  const operated = composed.map((each) => applyTraits(each, known));
  const facts = factsOf(
    composed,
    operated.map(({ connections }) => connections),
  );
  const supplies = config.platform?.supplies ?? [];
  for (const each of operated) applyScopes(each, supplies, facts, options.inputs ?? new Map());
  const rendered = operated.map(({ application, namespace, store }) => ({
    environment,
    application,
    namespace,
    manifests: manifestsOf(store),
  }));
  if (config.ownsPlatform === true) {
    const manifests = manifestsOf(platformObjects(environment, supplies, facts, report));
    rendered.push({ environment, application: 'platform', namespace: 'default', manifests });
  }
  for (const each of rendered) checkObjects(each, report);
  checkDuplicates(rendered, report);
  const isWanted = ({ application }: RenderedApplication) =>
    options.applications?.includes(application) ?? true;
  return rendered.filter(isWanted);
}

function factsOf(
  composed: readonly ComposedApplication[],
  connections: readonly ApplicationFacts['connections'][],
): Facts {
  const names = new Map(composed.map((each) => [each.class, each.application]));
  return {
    applications: composed.map((each, index) => ({
      application: each.application,
      namespace: each.namespace,
      components: componentFacts(each),
      connections: connections[index] ?? [],
    })),
    nameOf: (application) => names.get(application),
  };
}

function manifestsOf(store: ObjectStore): Manifest[] {
  return [...store.known.values()].flatMap(({ value, delegations }) =>
    isKubernetesObject(value) ? [{ object: value, delegations }] : [],
  );
}
