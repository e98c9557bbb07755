import type { ComponentInfo } from './component.ts';
import { componentState } from './component-state.ts';
import { composeApplication } from './compose.ts';
import type { Config } from './config.ts';
import { environment, type Environment } from './environment.ts';
import { scopeState, type ScopeInfo } from './scope.ts';
import type { TraitInfo } from './trait.ts';

/** What is known of a definition of any kind. */
export type DefinitionInfo = ComponentInfo | TraitInfo | ScopeInfo;

/**
 * The definitions that a configuration uses: its applications' components, the traits that are attached to them, and the
 * scopes that its platform supplies, each once. What is wrong with the configuration is not told here.
 */
export function usedDefinitions(config: Config): readonly DefinitionInfo[] {
  const supplied = (config.platform?.supplies ?? []).map(({ scope }) => scopeState.get(scope)?.info);
  const environments: readonly Environment[] = config.platform?.environments ?? [environment('default')];
  const used = environments.flatMap((each) => usedIn(config, each));
  const infos = [...supplied, ...used].filter((info) => info !== undefined);
  return [...new Map(infos.map((info) => [`${info.kind} ${info.package} ${info.name}`, info])).values()];
}

function usedIn(config: Config, each: Environment): (DefinitionInfo | undefined)[] {
  const applications = Object.entries(config.applications);
  const present = applications.filter(([name]) => each.hasApplication?.(name) ?? true);
  return present.flatMap(([application, applicationClass]) => {
    const operations = (config.operations ?? []).filter((one) => one.application === applicationClass);
    const namespace = each.namespaceOf(application);
    const { components } = composeApplication(applicationClass, operations, {
      application,
      environment: each,
      namespace,
      report: () => {},
    });
    return components.flatMap((component) => {
      const state = componentState.get(component);
      return [state?.info, ...(state?.attachments ?? []).map(({ info }) => info)];
    });
  });
}
