export { KUBERNETES_VERSIONS, type KubernetesVersion } from './kubernetes-versions.ts';
export { schemaCheck, type SchemaCheck, type SchemaCheckOptions } from './schema-check.ts';
export type { SchemaNode, SchemaRule } from './schema-node.ts';
export type { SchemaProblem, SchemaProblemCode } from './schema-problem.ts';
export { schemasOf, type SchemaOptions, type Schemas } from './schemas.ts';
