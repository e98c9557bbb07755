import type { Finding } from '@strake/core';

/** By what a command line says which environments and applications are rendered. */
export interface OptionNames {
  /** @default '--env' */
  readonly environments?: string;
  /** @default '--app' */
  readonly applications?: string;
}

/** A finding about what a command line asks for, at the option that asks: it is no fault of the configuration. */
export function atOption(
  found: Finding,
  { environments = '--env', applications = '--app' }: OptionNames = {},
): Finding {
  switch (`${found.code} ${found.path}`) {
    case 'environment-unknown environments':
      return { ...found, path: environments };
    case 'application-unknown applications':
      return { ...found, path: applications };
    case 'git-identity-missing author':
      return { ...found, path: '--author' };
    default:
      return found;
  }
}
