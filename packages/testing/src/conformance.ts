import { AssertionError } from 'node:assert';
import type { Application, Component, ComponentInfo, Scope, ScopeInfo, Trait, TraitInfo } from '@strake/core';
import type { Construct } from 'constructs';
import { componentConformance } from './component-conformance.ts';
import { undescribed } from './described.ts';
import { scopeConformance } from './scope-conformance.ts';
import { traitConformance } from './trait-conformance.ts';
import type { TrialOptions } from './trials.ts';
import { violationText, type Violation } from './violation.ts';

/** A trait's factory, for any properties. */
export interface AnyTraitFactory<in Properties> {
  (properties: Properties): Trait<string>;
  readonly definition: TraitInfo;
}

/** A component's class, for any properties. */
export interface AnyComponentClass<in Properties> {
  new (parent: Construct, id: string, properties: Properties): Component;
  readonly definition: ComponentInfo;
}

/** A scope's factory, for any properties. */
export interface AnyScopeFactory<in Properties> {
  (properties: Properties): Scope;
  readonly definition: ScopeInfo;
}

export type AnyDefinition<Properties> =
  | AnyTraitFactory<Properties>
  | AnyComponentClass<Properties>
  | AnyScopeFactory<Properties>;

/** What a definition is tried with. */
export interface ConformanceOptions<Properties> extends TrialOptions {
  /** Properties that a user would give, or functions that make them for an application. */
  readonly examples: readonly (Properties | ((application: Application) => Properties))[];
  /**
   * Traits beside which a trait is tried, and which a component is tried with.
   * @default - a small trait of the kit's own
   */
  readonly beside?: readonly Trait<string>[];
}

/**
 * Holds a definition to what is promised of all: it says what it is, takes its examples and nothing unknown, comes to the
 * same result in any order and a second time, keeps to its component, and breaks no invariant.
 *
 * @example
 * expect(conformance(rateLimit, { examples: [{ perSecond: 50 }] })).toEqual([]);
 */
export function conformance<Properties>(
  definition: AnyDefinition<Properties>,
  options: ConformanceOptions<Properties>,
): readonly Violation[] {
  const described = undescribed(definition.definition);
  if (isComponent(definition)) return [...described, ...componentConformance(definition, options)];
  if (isScope(definition)) return [...described, ...scopeConformance(definition, options)];
  return [...described, ...traitConformance(definition, options)];
}

/** Throws where a definition does not conform, and says in which ways. */
export function expectConforms<Properties>(
  definition: AnyDefinition<Properties>,
  options: ConformanceOptions<Properties>,
): void {
  const violations = conformance(definition, options);
  if (violations.length === 0) return;
  const lines = violations.map((each) => `  ${violationText(each)}`);
  throw new AssertionError({
    message: `${definition.definition.name} does not conform:\n${lines.join('\n')}`,
  });
}

function isComponent<Properties>(
  definition: AnyDefinition<Properties>,
): definition is AnyComponentClass<Properties> {
  return definition.definition.kind === 'component';
}

function isScope<Properties>(
  definition: AnyDefinition<Properties>,
): definition is AnyScopeFactory<Properties> {
  return definition.definition.kind === 'scope';
}
