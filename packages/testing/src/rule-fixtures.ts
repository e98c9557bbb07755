import { AssertionError } from 'node:assert';
import { Platform, type Finding, type JsonObject, type KubernetesObject, type Rule } from '@strake/core';
import { checkRules } from '@strake/core/tools';

/** Finished objects of one application, for a rule to look at. */
export interface RuleFixture {
  readonly objects: readonly JsonObject[];
  /** @default 'shop' */
  readonly application?: string;
  /** @default - the application's name */
  readonly namespace?: string;
  /** @default 'default' */
  readonly environment?: string;
  /** @default - the environment's name */
  readonly cluster?: string;
}

/** Objects of an application `shop`, or an application with more said about it. */
export type RuleFixtureInput = readonly JsonObject[] | RuleFixture;

/**
 * What a rule finds in applications of one project. Throws when it finds nothing.
 *
 * @example
 * const [found] = tripsOn(teamLabel, [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } }]);
 */
export function tripsOn(rule: Rule, ...fixtures: readonly RuleFixtureInput[]): readonly Finding[] {
  const found = findingsIn(rule, fixtures);
  if (found.length === 0) throw new AssertionError({ message: `${rule.code} finds nothing` });
  return found;
}

/** Throws when a rule finds something in applications of one project. */
export function passes(rule: Rule, ...fixtures: readonly RuleFixtureInput[]): void {
  const found = findingsIn(rule, fixtures);
  if (found.length === 0) return;
  const texts = found.map(({ written }) => `  ${written}`);
  throw new AssertionError({ message: `${rule.code} finds:\n${texts.join('\n')}` });
}

function findingsIn(rule: Rule, fixtures: readonly RuleFixtureInput[]): readonly Finding[] {
  const found: Finding[] = [];
  const check = checkRules({ recommended: [rule], today: '2000-01-01' });
  for (const each of fixtures) check.application(renderedFixture(each), (finding) => found.push(finding));
  check.end((finding) => found.push(finding));
  const failure = found.find(({ code }) => code === 'config-failed');
  if (failure !== undefined) throw new AssertionError({ message: `${rule.code}: ${failure.written}` });
  return found;
}

function renderedFixture(input: RuleFixtureInput) {
  const fixture: RuleFixture = 'objects' in input ? input : { objects: input };
  const { objects, application = 'shop', namespace = application, environment = 'default' } = fixture;
  const { cluster = environment } = fixture;
  const [target] = new Platform('fixtures', { environments: { [environment]: { cluster } } }).environments;
  if (target === undefined) throw new AssertionError({ message: 'a fixture has an environment' });
  const manifests = objects.map((object) => ({ object: finished(object), delegations: [] }));
  return { environment: target, application, namespace, manifests };
}

function finished(object: JsonObject): KubernetesObject {
  if (isFinished(object)) return object;
  throw new AssertionError({
    message: 'an object of a fixture has `apiVersion`, `kind` and `metadata.name`',
    actual: object,
  });
}

function isFinished(object: JsonObject): object is KubernetesObject {
  const { apiVersion, kind, metadata } = object;
  const hasName = typeof metadata === 'object' && metadata !== null && 'name' in metadata;
  return typeof apiVersion === 'string' && typeof kind === 'string' && hasName;
}
