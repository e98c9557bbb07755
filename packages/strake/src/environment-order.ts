import type { Config } from '@strake/core';

/** Names of a project's environments, in the order in which every command prints them: as the platform declares them. */
export function environmentNames(config: Config | undefined): readonly string[] {
  return config?.platform?.environments.map(({ name }) => name) ?? [];
}

/** Things of environments in that order; those of others stay behind them as they are. */
export function inEnvironmentOrder<Item extends { readonly environment: string }>(
  items: readonly Item[],
  config: Config | undefined,
): Item[] {
  const names = environmentNames(config);
  const indexOf = ({ environment }: Item) =>
    names.includes(environment) ? names.indexOf(environment) : names.length;
  return items.toSorted((left, right) => indexOf(left) - indexOf(right));
}
