import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { checkKeyDefault, type KindVersion } from './built-in.ts';
import { listMember, shapeOf, type Member, type Shape } from './shape.ts';

/** The part of an OpenAPI schema that says how lists merge. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly default?: unknown;
  readonly 'x-kubernetes-list-type'?: 'map' | 'set' | 'atomic';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
}

interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string;
    readonly scope: 'Cluster' | 'Namespaced';
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

/**
 * Where custom resources hold built-in types. Their schemas repeat the keys of those types but not the unions; the
 * generator checks that the keys agree.
 */
const EMBEDDED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'argoproj.io/AnalysisRun': { 'spec.metrics.provider.job.spec': 'io.k8s.api.batch.v1.JobSpec' },
  'argoproj.io/AnalysisTemplate': { 'spec.metrics.provider.job.spec': 'io.k8s.api.batch.v1.JobSpec' },
  'argoproj.io/ClusterAnalysisTemplate': { 'spec.metrics.provider.job.spec': 'io.k8s.api.batch.v1.JobSpec' },
  'argoproj.io/Experiment': { 'spec.templates.template': 'io.k8s.api.core.v1.PodTemplateSpec' },
  'argoproj.io/Rollout': { 'spec.template': 'io.k8s.api.core.v1.PodTemplateSpec' },
  'keda.sh/ScaledJob': { 'spec.jobTargetRef': 'io.k8s.api.batch.v1.JobSpec' },
};

/** Fields that are the same in all kinds, or that nobody writes. */
const NOT_READ = ['apiVersion', 'kind', 'metadata', 'status'];

/** Reads the CustomResourceDefinitions under a folder. */
export function definitionsIn(folder: string): CustomResourceDefinition[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .toSorted()
    .flatMap((path) => parseAllDocuments(readFileSync(join(folder, path), 'utf8')))
    .flatMap((document) => (document.contents ? [document.toJS() as CustomResourceDefinition] : []));
}

/** All served versions of the kinds that are defined. */
export function customKinds(
  definitions: readonly CustomResourceDefinition[],
  builtIn: (name: string) => Shape | undefined,
): KindVersion[] {
  return definitions.flatMap(({ spec: { group, names, versions } }) => {
    const { kind } = names;
    const embedded = EMBEDDED[`${group}/${kind}`] ?? {};
    const read = (schema: Schema, path: string): Shape | undefined => {
      const name = embedded[path];
      if (name === undefined)
        return shapeOf(entries(schema).map(([field, child]) => [field, member(child, below(path, field))]));
      checkAgreement(schema, builtIn(name), `${kind} ${path}`);
      return builtIn(name);
    };
    const member = (schema: Schema, path: string): Member | undefined => {
      const { items } = schema;
      if (items) return listOf(schema, items, read(items, path));
      const type = read(schema, path);
      return type && { type };
    };
    return versions.flatMap(({ name: version, served, schema }) => {
      if (!served) return [];
      const own = entries(schema.openAPIV3Schema).filter(([name]) => !NOT_READ.includes(name));
      const members = read({ properties: Object.fromEntries(own) }, '')?.members ?? new Map<string, Member>();
      return [{ group, version, kind, shape: { ids: [`${group}/${kind}`], members } }];
    });
  });
}

/** Cluster-scoped kinds among the definitions, as `group/Kind`. */
export function clusterScopedDefinitions(definitions: readonly CustomResourceDefinition[]): string[] {
  return definitions.flatMap(({ spec }) =>
    spec.scope === 'Cluster' ? [`${spec.group}/${spec.names.kind}`] : [],
  );
}

/** `repository@ref` of every project whose definitions were read, from the table of sources beside them. */
export function sourcesIn(folder: string): string[] {
  const rows = readFileSync(join(folder, 'SOURCES.md'), 'utf8').matchAll(
    /^\| \S+\.yaml \|[^|]*\| (\S+) \| (\S+) \|/gm,
  );
  return [...new Set([...rows].map(([, repository, ref]) => `${repository}@${ref}`))].toSorted();
}

function entries(schema: Schema): [string, Schema][] {
  const { properties = {}, additionalProperties } = schema;
  const others: [string, Schema][] =
    typeof additionalProperties === 'object' ? [['*', additionalProperties]] : [];
  return [...Object.entries(properties), ...others];
}

function listOf(schema: Schema, items: Schema, element: Shape | undefined): Member | undefined {
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  for (const key of keys) checkKeyDefault(key, items.properties?.[key]?.default);
  return listMember(schema['x-kubernetes-list-type'] ?? 'atomic', keys, element);
}

function below(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}

/**
 * Throws where a custom resource merges a list of a built-in type in another way than Kubernetes does. Embedded
 * metadata is left out: controller-gen writes it from a list of its own that says nothing about merging.
 */
function checkAgreement(schema: Schema, shape: Shape | undefined, path: string): void {
  for (const [name, field] of entries(schema)) {
    if (name === 'metadata') continue;
    const member = shape?.members.get(name);
    if (field.items) {
      const own = `${field['x-kubernetes-list-type'] ?? 'atomic'} ${(field['x-kubernetes-list-map-keys'] ?? []).join()}`;
      const theirs = `${member?.list ?? 'atomic'} ${(member?.keys ?? []).join()}`;
      if (own !== theirs) throw new Error(`${path}.${name} is ${own}, in Kubernetes ${theirs}`);
    }
    checkAgreement(field.items ?? field, member?.type, `${path}.${name}`);
  }
}
