import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { UNIONS } from '../../../packages/core/src/kubernetes/unions.ts';
import { byPreference, listMember, shapeOf, type Member, type Shape } from './shape.ts';

/** The newest patch of the Kubernetes line that Strake is tested against. */
export const KUBERNETES = 'v0.36.6';

const MODULES = [
  'k8s.io/client-go',
  'k8s.io/api',
  'k8s.io/apiextensions-apiserver',
  'k8s.io/kube-aggregator',
];

/** API groups that no supported API server has. */
const GONE = ['extensions', 'imagepolicy'];

/** Go structs whose fields, inlined, are the members of a union. */
const UNION_STRUCTS: Readonly<Record<string, string>> = {
  'core.EnvVarSource': 'EnvVarSource',
  'core.LifecycleHandler': 'LifecycleHandler',
  'core.PersistentVolumeSpec': 'PersistentVolumeSource',
  'core.Probe': 'ProbeHandler',
  'core.Volume': 'VolumeSource',
  'core.VolumeProjection': 'VolumeProjection',
};

/** A reference to a type in the schema of structured-merge-diff. */
interface TypeRef {
  readonly namedType?: string;
  readonly list?: {
    elementRelationship: 'associative' | 'atomic';
    keys?: readonly string[];
    elementType: TypeRef;
  };
  readonly map?: { fields?: readonly Field[]; elementType?: TypeRef };
}

interface Field {
  readonly name: string;
  readonly type: TypeRef;
  readonly default?: unknown;
}

/** One version of a kind. */
export interface KindVersion {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly shape: Shape;
}

/** Directories of the Go modules that hold the schema, or why they are not to be had. */
export function goModules(): ReadonlyMap<string, string> | { readonly missing: string } {
  const wanted = MODULES.map((module) => `${module}@${KUBERNETES}`);
  const { status, stdout, stderr, error } = spawnSync('go', ['mod', 'download', '-json', ...wanted], {
    encoding: 'utf8',
  });
  if (status !== 0) return { missing: `go mod download: ${error?.message ?? (stderr || stdout)}` };
  const found = JSON.parse(`[${stdout.replaceAll(/^\}\n\{/gm, '},{')}]`) as { Path: string; Dir: string }[];
  return new Map(found.map(({ Path, Dir }) => [Path, Dir]));
}

/** Reads the schema of the built-in types that client-go carries for server-side apply. */
export class BuiltInTypes {
  readonly #types: ReadonlyMap<string, TypeRef>;
  readonly #groups: ReadonlyMap<string, string>;
  readonly #shapes = new Map<string, Shape | undefined>();
  readonly #api: string;

  constructor(modules: ReadonlyMap<string, string>) {
    this.#api = modules.get('k8s.io/api') ?? '';
    this.#groups = groupNames(this.#api);
    const source = readFileSync(
      join(modules.get('k8s.io/client-go') ?? '', 'applyconfigurations/internal/internal.go'),
      'utf8',
    );
    const yaml = source.slice(source.indexOf('`') + 1, source.lastIndexOf('`'));
    const { types } = parse(yaml) as { types: readonly (TypeRef & { name: string })[] };
    this.#types = new Map(types.map((type) => [type.name, type]));
  }

  /** All versions of all kinds. */
  kinds(): KindVersion[] {
    return [...this.#types.keys()].flatMap((name) => {
      const { folder, version, type: kind } = nameParts(name);
      if (!this.#isKind(name) || GONE.includes(folder)) return [];
      return [
        {
          group: this.#groups.get(folder) ?? folder,
          version,
          kind,
          shape: this.shape(name) ?? { members: new Map() },
        },
      ];
    });
  }

  /** The shape of a type such as `io.k8s.api.core.v1.PodSpec`. */
  shape(name: string): Shape | undefined {
    if (!this.#shapes.has(name)) this.#shapes.set(name, this.#read(name));
    return this.#shapes.get(name);
  }

  /** Throws where the hand-written table of unions names what the API does not have, or lacks what it has. */
  checkUnions(): void {
    const core = readFileSync(join(this.#api, 'core/v1/types.go'), 'utf8');
    for (const [id, unions] of Object.entries(UNIONS)) {
      const fields = new Set(this.#newest(id).map(({ name }) => name));
      for (const { members, discriminator } of unions) {
        const wrong = [...members, ...(discriminator ? [discriminator] : [])].filter(
          (each) => !fields.has(each),
        );
        if (wrong.length > 0) throw new Error(`unions.ts: ${id} has no field ${wrong.join(', ')}`);
      }
      const struct = UNION_STRUCTS[id];
      const expected = struct ? goFields(core, struct).join() : unions[0]?.members.toSorted().join();
      if (unions[0]?.members.toSorted().join() !== expected)
        throw new Error(`unions.ts: ${id} should be ${expected}`);
    }
  }

  #newest(id: string): readonly Field[] {
    const names = [...this.#types.keys()].filter((name) => nameParts(name).id === id);
    const [name = ''] = names.toSorted((left, right) =>
      byPreference(nameParts(left).version, nameParts(right).version),
    );
    return this.#types.get(name)?.map?.fields ?? [];
  }

  #isKind(name: string): boolean {
    const fields = this.#types.get(name)?.map?.fields ?? [];
    const metadata = fields.find((field) => field.name === 'metadata')?.type.namedType;
    return metadata?.endsWith('.ObjectMeta') === true && fields.some((field) => field.name === 'apiVersion');
  }

  #read(name: string): Shape | undefined {
    const { folder, version, type, id } = nameParts(name);
    const isKind = this.#isKind(name);
    const fields = (this.#types.get(name)?.map?.fields ?? []).filter(
      (field) => !isKind || (field.name !== 'metadata' && field.name !== 'status'),
    );
    const members = shapeOf(fields.map((field) => [field.name, this.#member(field.type)]))?.members;
    if (isKind)
      return { ids: [`${this.#groups.get(folder) ?? folder}/${type}`], members: members ?? new Map() };
    if (members === undefined && !(id in UNIONS)) return undefined;
    return { ids: [id, `${folder}.${version}.${type}`], members: members ?? new Map() };
  }

  #member(reference: TypeRef): Member | undefined {
    const { namedType, list, map } = reference;
    if (namedType !== undefined) {
      if (namedType.startsWith('__untyped')) return undefined;
      const named = this.#types.get(namedType);
      if (named?.list) return this.#member(named);
      const type = this.shape(namedType);
      return type && { type };
    }
    if (map?.elementType) {
      const type = shapeOf([['*', this.#member(map.elementType)]]);
      return type && { type };
    }
    if (!list) return undefined;
    const { elementRelationship, keys = [], elementType } = list;
    this.#checkKeyDefaults(keys, elementType);
    const element = this.#member(elementType)?.type;
    if (elementRelationship === 'atomic') return listMember('atomic', [], element);
    return listMember(keys.length > 0 ? 'map' : 'set', keys, element);
  }

  #checkKeyDefaults(keys: readonly string[], elementType: TypeRef): void {
    for (const field of this.#types.get(elementType.namedType ?? '')?.map?.fields ?? []) {
      if (keys.includes(field.name)) checkKeyDefault(field.name, field.default);
    }
  }
}

/** Throws on a default of a list key that `elementKey` does not know. Go's zero values, `''` and `0`, are no keys. */
export function checkKeyDefault(key: string, value: unknown): void {
  const known = value === undefined || value === '' || value === 0 || (key === 'protocol' && value === 'TCP');
  if (!known)
    throw new Error(`the list key ${key} has the default ${JSON.stringify(value)}, unknown to elementKey`);
}

/** Kinds that the API types mark as cluster-scoped, as `group/Kind`. */
export function clusterScopedKinds(modules: ReadonlyMap<string, string>): string[] {
  const roots = [
    modules.get('k8s.io/api') ?? '',
    join(modules.get('k8s.io/apiextensions-apiserver') ?? '', 'pkg/apis'),
    join(modules.get('k8s.io/kube-aggregator') ?? '', 'pkg/apis'),
  ];
  const found = roots.flatMap((root) => {
    const groups = groupNames(root);
    return typeFiles(root).flatMap(({ folder, text }) =>
      [...text.matchAll(/^\/\/ \+genclient:nonNamespaced$(?:(?!^type )[\s\S])*^type (\w+) struct/gm)].map(
        ([, kind]) => `${groups.get(folder) ?? folder}/${kind}`,
      ),
    );
  });
  return [...new Set(found)].toSorted();
}

function nameParts(name: string): { folder: string; version: string; type: string; id: string } {
  const [type = '', version = '', folder = ''] = name.split('.').toReversed();
  return { folder, version, type, id: `${folder}.${type}` };
}

/** API group of each folder of a module: `rbac` is `rbac.authorization.k8s.io`. */
function groupNames(root: string): ReadonlyMap<string, string> {
  return new Map(
    versionFolders(root).flatMap(({ folder, path }) => {
      const group = /GroupName = "(.*)"/.exec(readFileSync(join(path, 'register.go'), 'utf8'))?.[1];
      return group === undefined ? [] : [[folder, group] as const];
    }),
  );
}

function typeFiles(root: string): { folder: string; text: string }[] {
  return versionFolders(root).map(({ folder, path }) => ({
    folder,
    text: readFileSync(join(path, 'types.go'), 'utf8'),
  }));
}

function versionFolders(root: string): { folder: string; path: string }[] {
  return subfolders(root).flatMap((folder) =>
    subfolders(join(root, folder))
      .map((version) => join(root, folder, version))
      .filter((path) => ['types.go', 'register.go'].every((file) => readdirSync(path).includes(file)))
      .map((path) => ({ folder, path })),
  );
}

function subfolders(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
}

function goFields(source: string, struct: string): string[] {
  const body = new RegExp(`^type ${struct} struct \\{$([\\s\\S]*?)^\\}$`, 'm').exec(source)?.[1] ?? '';
  return [...body.matchAll(/json:"(\w+)/g)].map(([, name = '']) => name).toSorted();
}
