export { passes, tripsOn, type RuleFixture, type RuleFixtureInput } from './rule-fixtures.ts';
export {
  checkInvariants,
  invariants,
  type Broken,
  type Invariant,
  type InvariantOptions,
} from './invariant.ts';
export type { ClusterModel, ModelObject } from './cluster-model.ts';
export type { PodPort, PodSet } from './pod-set.ts';
export { trials, type Trial, type TrialOptions, type Trials } from './trials.ts';
export type { TrialGround } from './trial-render.ts';
export { violationText, type Violation } from './violation.ts';
export {
  conformance,
  expectConforms,
  type AnyComponentClass,
  type AnyDefinition,
  type AnyScopeFactory,
  type AnyTraitFactory,
  type ConformanceOptions,
} from './conformance.ts';
export { renderOne, type RenderedOne, type RenderOneOptions } from './render-one.ts';
