import type { Approval } from './approval.ts';

/** What cluster operators say about one deploy target. */
export interface EnvironmentProperties {
  /**
   * What kind of target it is: `staging`, `production`. Operators branch on it, scopes are selected by it.
   * @default - the environment's name
   */
  readonly tier?: string;
  /**
   * Name of the cluster.
   * @default - the environment's name
   */
  readonly cluster?: string;
  /**
   * Minor version of the cluster's Kubernetes, such as `1.34`.
   * @default '1.36'
   */
  readonly kubernetes?: string;
  /**
   * Namespace of every application.
   * @default - that of the platform; without one each application has a namespace of its own name
   */
  readonly namespace?: string;
  /**
   * What stands between a delivery and this environment: a pull request, a sync by hand, windows in which the agent may
   * sync, or a gate of each canary.
   * @default 'none'
   */
  readonly approval?: Approval;
  /**
   * Whether `strake deliver --emergency` may go past pull requests and the analysis of canaries here.
   * @default false
   */
  readonly emergency?: boolean;
  /** Namespaces of single applications, by application name. */
  readonly namespaces?: Readonly<Record<string, string>>;
  /**
   * Labels that scopes are selected by, such as `{ region: 'eu' }`. They are written nowhere.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What cluster operators say about one application. */
export interface ApplicationProperties<Name extends string = string> {
  /**
   * Names of the environments that it is in.
   * @default - all environments
   */
  readonly environments?: readonly Name[];
  /**
   * Labels that scopes are selected by, such as `{ exposure: 'public' }`. They are written nowhere.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Who approves changes of its folders, as the forge's CODEOWNERS names them: `@acme/cart`, or an address.
   * @default []
   */
  readonly owners?: readonly string[];
}

/** How deliveries get into the branch that an agent syncs. */
export type DeliveryMode = 'push' | 'pull-request';

/** One deploy target. */
export interface Environment<out Name extends string = string> {
  readonly name: Name;
  readonly tier: string;
  readonly cluster: string;
  readonly kubernetes: string;
  /** What stands between a delivery and it; nothing when left out. */
  readonly approval?: Approval;
  /** Whether a delivery may go past approval and analysis in an emergency; it may not when left out. */
  readonly allowsEmergency?: boolean;
  /** Whether it is rendered for such a delivery now. A trait that brings out revisions skips their analysis then. */
  readonly isEmergency?: boolean;
  /** The namespace that an application has here. */
  namespaceOf(application: string): string;
  /** Whether an application is here; every one is when left out. */
  hasApplication?(application: string): boolean;
  /** The labels that scopes are selected by for an application here: the environment's and its own, which win. */
  labelsOf?(application: string): Readonly<Record<string, string>>;
}

export function environment<const Name extends string>(
  name: Name,
  properties: EnvironmentProperties = {},
  applications: Readonly<Record<string, ApplicationProperties>> = {},
): Environment<Name> {
  const {
    tier = name,
    cluster = name,
    kubernetes = '1.36',
    namespace,
    namespaces = {},
    approval,
    emergency = false,
    labels = {},
  } = properties;
  return {
    name,
    tier,
    cluster,
    kubernetes,
    ...(approval && { approval }),
    ...(emergency && { allowsEmergency: true }),
    namespaceOf: (application) => namespaces[application] ?? namespace ?? application,
    hasApplication: (application) => applications[application]?.environments?.includes(name) ?? true,
    labelsOf: (application) => ({ ...labels, ...applications[application]?.labels }),
  };
}
