import type { ClaimFacet } from './capabilities.ts';
import type { Environment } from './environment.ts';
import type { Severity } from './finding.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { Origin } from './source-line.ts';
import type { Delegation } from './writes/layered-object.ts';
import type { ObjectIdentity } from './writes/problem.ts';

/** Where an object came from: all that is remembered of it once its application is checked. */
export interface ObjectPlace {
  readonly environment: Environment;
  readonly application: string;
  readonly object: ObjectIdentity;
  /** Construct path of what made the object; the application where that is not known. */
  readonly path: string;
  /** Line of the user's code that made the object. */
  readonly origin: Origin | undefined;
}

/** The finished objects of one application in one environment. Every lookup takes the same time, however many there are. */
export interface RuleTarget {
  readonly environment: Environment;
  /** Name of the application; `platform` for the objects that applications share. */
  readonly application: string;
  readonly namespace: string;
  readonly objects: readonly KubernetesObject[];
  /** What its components claim, whether a scope supplies it or not: that nobody does has a finding of its own. */
  readonly claims: readonly ClaimFacet[];
  /** Whether other environments may have objects in the same cluster. */
  readonly isClusterShared: boolean;
  /** The objects of a kind, written with its API group: `Service`, `Deployment.apps`. */
  of(kind: string): readonly KubernetesObject[];
  /**
   * Whether the application has an object of that kind and name, in its namespace unless another is given, or a component
   * of that name that was not built: what is wrong with it is said already.
   */
  has(kind: string, name: string, namespace?: string): boolean;
  place(object: KubernetesObject): ObjectPlace;
  /** The fields of an object that a controller owns at run time, so that they are not written. */
  delegations(object: KubernetesObject): readonly Delegation[];
}

/** What a rule kept of all applications in all environments of one cluster. */
export interface RuleCluster<out Kept> {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly kept: readonly Kept[];
  /** Whether any application of the cluster has an object of that kind and name. */
  has(kind: string, name: string, namespace?: string): boolean;
}

/** What a rule says about one object. Values that may be secret are never part of it. */
export interface RuleFinding<At> {
  readonly at: At;
  /** What stands there: `the image \`redis\` has no tag`. The object is named before it. */
  readonly written: string;
  /** @default - the summary of the rule */
  readonly allowed?: string;
  /** @default - the fix of the rule */
  readonly fix?: string;
}

export type RuleReport<At> = (found: RuleFinding<At>) => void;

/** What a rule is. It has `check`, or `gather` and `relate`, or all three. */
export interface RuleDefinition<Kept = never> {
  /** Unique name in kebab-case: `require-image-tag`. Findings carry it as `rule/require-image-tag`. */
  readonly code: string;
  /** npm package that the rule comes from. */
  readonly package: string;
  /** What must hold, without a verb in front: `a tag other than \`latest\` on every image`. */
  readonly summary: string;
  /** What happens where it does not hold, one sentence. */
  readonly why: string;
  /** What to do next, one imperative sentence. */
  readonly fix: string;
  /** `error` for what breaks or leaks for certain; with an error nothing is written. */
  readonly severity: Severity;
  /**
   * Address of a page about the rule.
   * @default - none
   */
  readonly page?: string;
  /** Looks at one application. */
  check?(target: RuleTarget, report: RuleReport<KubernetesObject>): void;
  /** Keeps of one application the little that `relate` compares. */
  gather?(target: RuleTarget): Iterable<Kept>;
  /** Looks at what was kept of all applications of a cluster. */
  relate?(cluster: RuleCluster<Kept>, report: RuleReport<ObjectPlace>): void;
}

/** A check over finished objects. */
export type Rule = RuleDefinition<unknown>;

/**
 * Makes a rule: the definition as it is. What `gather` keeps gives `relate` its type.
 *
 * @example
 * export const teamLabel = defineRule({
 *   code: 'require-team-label', package: '@acme/rules', severity: 'warning',
 *   summary: 'a label `team` on every object', why: 'Nobody is called when it fails.', fix: 'Attach `labels()`.',
 *   check: ({ objects }, report) => {
 *     for (const at of objects) if (!at.metadata.labels?.team) report({ at, written: 'has no label `team`' });
 *   },
 * });
 */
export function defineRule<Kept = never>(definition: RuleDefinition<Kept>): Rule {
  return definition;
}
