export { Application } from './application.ts';
export { Claim, Exposed, Mountable, Pods, Scalable } from './capabilities.ts';
export type {
  ClaimFacet,
  ExposedFacet,
  ExposedPort,
  MountableFacet,
  PodsFacet,
  ScalableFacet,
} from './capabilities.ts';
export {
  defineCapability,
  type AnyCapability,
  type Capability,
  type FacetOf,
  type FacetsOf,
} from './capability.ts';
export { Component, defineComponent } from './component.ts';
export type { ComponentClass, ComponentDefinition, ComponentInfo } from './component.ts';
export { defineConfig, type Config, type RepositoryLocation } from './config.ts';
export type { ConnectionEnv, ConnectionOptions } from './connection.ts';
export type { Environment, EnvironmentProperties } from './environment.ts';
export type { ApplicationFacts, ComponentFacts, ConnectionFacts, Facts, Peer } from './facts.ts';
export { finding, StrakeError, type Finding, type FindingInput, type Severity } from './finding.ts';
export type { FindingCode } from './finding-codes.ts';
export { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json.ts';
export type { KubernetesObject, ObjectMetadata } from './kubernetes-object.ts';
export type { Manifest } from './manifest.ts';
export { defineOperations, type Operations } from './operations.ts';
export { Platform, type PlatformProperties, type ScopeSelector, type Supply } from './platform.ts';
export { propertiesOf, type PropertiesSchema } from './properties.ts';
export { from, type ApplicationClass, type ComponentReference, type ReferencesOf } from './reference.ts';
export { render, renderEach, type Render, type RenderedApplication, type RenderOptions } from './render.ts';
export { defineScope, type ApplicationScopeContext, type PlatformScopeContext, type Scope } from './scope.ts';
export type { Admission, ScopeContext, ScopeDefinition, ScopeFactory, ScopeInfo } from './scope.ts';
export type { Callee, Origin, SourceLine } from './source-line.ts';
export {
  defineTrait,
  type OtherProperties,
  type OtherTraits,
  type TraitTarget,
  type Trait,
  type TraitContext,
} from './trait.ts';
export type { TraitDefinition, TraitFactory, TraitInfo } from './trait.ts';
export type { Inputs } from './apply-scopes.ts';
export type { Delegation } from './writes/layered-object.ts';
export type { ObjectWriter } from './writes/object-writer.ts';
export type { Path } from './writes/path.ts';
export type { ObjectIdentity } from './writes/problem.ts';
export type { StoreAccess } from './writes/object-store.ts';
export type { Layer, Operation, Write, WriteOptions, Writer } from './writes/write.ts';
