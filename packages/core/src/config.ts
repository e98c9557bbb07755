import type { Agent } from './agent.ts';
import type { Severity } from './finding.ts';
import type { Operations } from './operations.ts';
import type { Platform } from './platform.ts';
import type { ApplicationClass } from './reference.ts';

/** What a project renders, and where to. */
export interface Config {
  /** Name of the project; several projects may share one repository, each with a name of its own. */
  readonly project: string;
  /** The application classes, by the name under which each is delivered. */
  readonly applications: Readonly<Record<string, ApplicationClass>>;
  /** @default - each application is written as it was defined */
  readonly operations?: readonly Operations[];
  /** @default - one environment, `default`, without scopes */
  readonly platform?: Platform;
  /**
   * Whether this project is the platform's home, which writes the objects that applications share.
   * @default false
   */
  readonly ownsPlatform?: boolean;
  /** @default - the folder `gitops` beside the configuration */
  readonly repository?: RepositoryLocation;
  /**
   * What syncs the repository to the clusters: `flux()` or `argocd()`.
   * @default - none: nothing is written for an agent
   */
  readonly agent?: Agent;
  /** @default - Kubernetes' own kinds and the custom resources that Strake knows, all problems errors */
  readonly schemas?: SchemaSettings;
}

/** What rendered objects are checked against, beyond what Strake knows. */
export interface SchemaSettings {
  /**
   * Files or folders with CustomResourceDefinitions, relative to the configuration.
   * @default []
   */
  readonly crds?: readonly string[];
  /**
   * How severe the problems of single kinds are, by `Kind`, `group/Kind` or `group`.
   * @default - `error`, and `warning` for a kind without schema
   */
  readonly severity?: Readonly<Record<string, Severity | 'off'>>;
}

/** Where the GitOps repository is. */
export interface RepositoryLocation {
  /**
   * Folder of a checkout that `strake synth` writes to, relative to the configuration.
   * @default 'gitops'
   */
  readonly path?: string;
  /**
   * URL or path of the repository that `strake deliver` pushes to: https, ssh or file.
   * @default - the folder `path`
   */
  readonly url?: string;
  /**
   * Branch that the agent syncs.
   * @default 'main'
   */
  readonly branch?: string;
  /**
   * The forge that opens pull requests.
   * @default - the one that the name of the server says: `github.com`, `gitlab.com`, `github.*`, `gitlab.*`
   */
  readonly forge?: 'github' | 'gitlab';
}

/** The configuration as it is: gives the object its type in `strake.config.ts`. */
export function defineConfig(config: Config): Config {
  return config;
}
