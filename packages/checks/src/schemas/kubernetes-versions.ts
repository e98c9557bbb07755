import { unpackSchemas } from './packed-schemas.ts';
import type { SchemaSet } from './schema-node.ts';

const LOADERS = {
  '1.33': () => import('./generated/kubernetes-1-33.generated.ts'),
  '1.34': () => import('./generated/kubernetes-1-34.generated.ts'),
  '1.35': () => import('./generated/kubernetes-1-35.generated.ts'),
  '1.36': () => import('./generated/kubernetes-1-36.generated.ts'),
  '1.37': () => import('./generated/kubernetes-1-37.generated.ts'),
} as const;

/** A minor version of Kubernetes whose schemas Strake has. */
export type KubernetesVersion = keyof typeof LOADERS;

/** The Kubernetes versions that objects can be checked against, oldest first. */
export const KUBERNETES_VERSIONS: readonly KubernetesVersion[] = ['1.33', '1.34', '1.35', '1.36', '1.37'];

/** The version whose schemas stand in for another: itself, else the nearest there is. */
export function supportedVersion(version: string): KubernetesVersion {
  const wanted = minorOf(version);
  const known = KUBERNETES_VERSIONS.find((each) => minorOf(each) === wanted);
  if (known !== undefined) return known;
  const [oldest = '1.33'] = KUBERNETES_VERSIONS;
  return wanted !== undefined && wanted < (minorOf(oldest) ?? 0)
    ? oldest
    : (KUBERNETES_VERSIONS.at(-1) ?? oldest);
}

const LOADED = new Map<KubernetesVersion, Promise<SchemaSet>>();

/** The schemas of a version, loaded when they are first asked for. */
export function builtInSchemas(version: KubernetesVersion): Promise<SchemaSet> {
  const loaded = LOADED.get(version) ?? LOADERS[version]().then(({ SCHEMAS }) => unpackSchemas(SCHEMAS));
  LOADED.set(version, loaded);
  return loaded;
}

/** 34 of `1.34`, `v1.34.2` and `1.34.1-gke.100`; undefined for what is no version of Kubernetes 1. */
function minorOf(version: string): number | undefined {
  const found = /^v?1\.(\d{1,4})(?:[.+-]|$)/.exec(version);
  return found === null ? undefined : Number(found[1]);
}
