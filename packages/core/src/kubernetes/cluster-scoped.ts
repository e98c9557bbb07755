import { CLUSTER_SCOPED } from './structure.generated.ts';

/** Cluster-scoped kinds by API group, split when first asked for. */
let groups: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/**
 * Whether objects of a kind belong to no namespace. Known are the built-in kinds, which Kubernetes' API types mark with
 * `+genclient:nonNamespaced`, and the custom resources in `structure.generated.ts`; any other kind is namespaced.
 */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  groups ??= kindsByGroup();
  const end = apiVersion.indexOf('/');
  return groups.get(end < 0 ? '' : apiVersion.slice(0, end))?.has(kind) ?? false;
}

function kindsByGroup(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const line of CLUSTER_SCOPED.trim().split('\n')) {
    const [group = '', kind = ''] = line.split('/');
    const known = found.get(group);
    if (known) known.add(kind);
    else found.set(group, new Set([kind]));
  }
  return found;
}
