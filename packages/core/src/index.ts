export { Application } from './application.ts';
export { Component, defineComponent } from './component.ts';
export { defineTrait, type Trait } from './trait.ts';
export { defineScope, type Scope } from './scope.ts';
export { defineOperations, type Operations } from './operations.ts';
export {
  Platform,
  suppliedProperties,
  type PlatformProperties,
  type ScopeSelector,
  type Supply,
} from './platform.ts';
export type { Agent, AgentObjects, SyncedApplication, SyncedEnvironment } from './agent.ts';
export type { Approval, SyncWindow } from './approval.ts';
export { defineConfig, type Config, type RepositoryLocation, type SchemaSettings } from './config.ts';
export type {
  ApplicationProperties,
  DeliveryMode,
  Environment,
  EnvironmentProperties,
} from './environment.ts';

export { codeName } from './code-name.ts';
export {
  defineCapability,
  type AnyCapability,
  type Capability,
  type FacetOf,
  type FacetsOf,
} from './capability.ts';
export { Claim, Exposed, Mountable, Pods, Scalable } from './capabilities.ts';
export type {
  ClaimFacet,
  ExposedFacet,
  ExposedPort,
  MountableFacet,
  PodsFacet,
  ScalableFacet,
} from './capabilities.ts';
export { from, type ApplicationClass, type ComponentReference, type ReferencesOf } from './reference.ts';
export type { ConnectionAddresses, ConnectionEnv, ConnectionOptions } from './connection.ts';
export {
  image,
  imageReferenceSchema,
  imageSchema,
  imageText,
  imageVersion,
  isImagePlaceholder,
  type ImagePolicy,
  type ImageReference,
  type TagFilter,
} from './image.ts';
export { propertiesOf, type PropertiesSchema } from './properties.ts';

export type { ComponentClass, ComponentDefinition, ComponentInfo } from './component.ts';
export type { TraitContext, TraitDefinition, TraitFactory, TraitInfo, TraitTarget } from './trait.ts';
export type { OtherProperties, OtherTraits } from './trait.ts';
export type { ApplicationScopeContext, PlatformScopeContext, ScopeContext } from './scope.ts';
export type {
  Admission,
  AdmittedAddresses,
  AdmittedPods,
  Knowable,
  KnownProperties,
  ScopeDefinition,
  ScopeFactory,
  ScopeInfo,
} from './scope.ts';
export type { PublishedFacts } from './published-facts.ts';
export type { ApplicationFacts, ComponentFacts, ConnectionFacts, Facts, Peer } from './facts.ts';

export { render, renderEach, type Render, type RenderedApplication, type RenderOptions } from './render.ts';
export { lockImages, type LockedApplication } from './lock-images.ts';
export type { LockedImage, UsedImage } from './image-lock.ts';
export type { Inputs } from './apply-scopes.ts';
export { defineRule, type Rule, type RuleDefinition, type RuleTarget } from './rule.ts';
export type { ObjectPlace, RuleCluster, RuleFinding, RuleReport } from './rule.ts';
export type { RuleSettings, Waiver } from './rule-settings.ts';
export type { Manifest } from './manifest.ts';
export {
  finding,
  StrakeError,
  type Finding,
  type FindingInput,
  type RuleCode,
  type Severity,
} from './finding.ts';
export type { FindingCode } from './finding-codes.ts';
export type { Callee, Origin, SourceLine } from './source-line.ts';

export type { StoreAccess, StoreHistory } from './writes/object-store.ts';
export type { ObjectWriter } from './writes/object-writer.ts';
export type { Layer, Operation, Write, WriteOptions, Writer } from './writes/write.ts';
export type { LeafHistory } from './writes/history.ts';
export type { Delegation } from './writes/layered-object.ts';
export type { ObjectIdentity } from './writes/problem.ts';
export type { Path } from './writes/path.ts';
export { isClusterScoped } from './kubernetes/cluster-scoped.ts';
export type { KubernetesObject, ObjectMetadata } from './kubernetes-object.ts';
export { listType, type ListType } from './kubernetes/list-type.ts';
export { nearest } from './nearest.ts';
export { isJsonArray, isJsonObject, sameJson, type JsonObject, type JsonValue } from './json.ts';
