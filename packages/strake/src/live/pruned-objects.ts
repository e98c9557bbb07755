import { objectKey, type ObjectChange } from '../diff/object-change.ts';
import { agentInventory, syncsFolder } from './agent-inventory.ts';
import { groupOf, type Answer, type Cluster, type ObjectStub, type ServedKind } from './cluster.ts';
import type { LiveObject } from './live-object.ts';

/** An application whose objects are looked for in a cluster. */
export interface PrunedFrom {
  readonly environment: string;
  readonly application: string;
  readonly namespaces: readonly string[];
  /** Field manager of the agent. */
  readonly manager: string;
  readonly kinds: readonly ServedKind[];
  /** The objects that are rendered, by their keys. */
  readonly rendered: ReadonlySet<string>;
}

const KUSTOMIZATIONS = 'kustomizations.kustomize.toolkit.fluxcd.io';
const APPLICATIONS = 'applications.argoproj.io';
const KEEPS: Readonly<Record<string, RegExp>> = {
  'kustomize.toolkit.fluxcd.io/prune': /^disabled$/i,
  'argocd.argoproj.io/sync-options': /(?:^|,)\s*(?:Prune|Delete)=false/i,
};
/** Made by controllers for other objects, many, and of no interest. */
const NOT_LISTED =
  /^(?:pods|events|endpoints|replicationcontrollers|replicasets\.apps|controllerrevisions\.apps)$/;
/** Groups of the kinds that Strake's own definitions make; to list every kind of a cluster takes long. */
const LISTED_GROUPS: ReadonlySet<string> = new Set([
  '',
  'apps',
  'autoscaling',
  'autoscaling.k8s.io',
  'batch',
  'bitnami.com',
  'cert-manager.io',
  'discovery.k8s.io',
  'external-secrets.io',
  'flagger.app',
  'gateway.networking.k8s.io',
  'keda.sh',
  'monitoring.coreos.com',
  'networking.istio.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'security.istio.io',
  'telemetry.istio.io',
]);

/**
 * The objects of a cluster that belong to an application and are no longer rendered. Whose they are says the agent's own
 * inventory; where it has none in this cluster, the labels and the field manager of the objects.
 */
export async function prunedObjects(
  cluster: Cluster,
  from: PrunedFrom,
): Promise<Answer<readonly ObjectChange[]>> {
  const inventory = await inventoryOf(cluster, from);
  const found =
    inventory === undefined ? await labelled(cluster, from) : await existing(cluster, inventory, from);
  if (!found.ok) return found;
  const { environment, application, rendered } = from;
  const gone = found.result.filter(({ object }) => !rendered.has(objectKey(object)));
  const result = gone.map(({ object }): ObjectChange => {
    const note = isKept(object.metadata.annotations)
      ? 'an annotation keeps the agent from removing it'
      : undefined;
    return {
      environment,
      application,
      object,
      change: 'pruned',
      values: [],
      ...(note !== undefined && { note }),
    };
  });
  return { ok: true, result };
}

/** What the agent has in its inventory of the application's folder; undefined when it has none in this cluster. */
async function inventoryOf(
  cluster: Cluster,
  { kinds, environment, application }: PrunedFrom,
): Promise<readonly ObjectStub[] | undefined> {
  const folder = `environments/${environment}/${application}`;
  const resources = [KUSTOMIZATIONS, APPLICATIONS].filter((name) =>
    kinds.some(({ resource }) => resource === name),
  );
  if (resources.length === 0) return undefined;
  const agents = await cluster.list(resources, ['--all-namespaces']);
  if (!agents.ok) return undefined;
  const own = agents.result.filter(({ object }) => syncsFolder(object, folder));
  const result = own.flatMap(agentInventory);
  return result.length === 0 ? undefined : result;
}

async function existing(
  cluster: Cluster,
  inventory: readonly ObjectStub[],
  { rendered, kinds }: PrunedFrom,
): Promise<Answer<readonly LiveObject[]>> {
  const gone = inventory.filter(
    (each) =>
      !rendered.has(objectKey(each)) &&
      kinds.some(({ group, kind }) => group === groupOf(each.apiVersion) && kind === each.kind),
  );
  return gone.length === 0 ? { ok: true, result: [] } : cluster.read(gone);
}

/** What applications share has no label that says whose it is: for that only an inventory speaks. */
async function labelled(
  cluster: Cluster,
  { application, namespaces, manager, kinds, rendered }: PrunedFrom,
): Promise<Answer<readonly LiveObject[]>> {
  const result: LiveObject[] = [];
  if (application === 'platform') return { ok: true, result };
  const groups = new Set([...LISTED_GROUPS, ...[...rendered].map((key) => key.slice(0, key.indexOf('/')))]);
  const resources = kinds.filter(
    ({ isNamespaced, isListable, group, resource }) =>
      isNamespaced && isListable && groups.has(group) && !NOT_LISTED.test(resource),
  );
  const labels = `app.kubernetes.io/managed-by=strake,app.kubernetes.io/part-of=${application}`;
  for (const namespace of namespaces) {
    const listed = await cluster.list(
      resources.map(({ resource }) => resource),
      [`--namespace=${namespace}`, `--selector=${labels}`],
    );
    if (!listed.ok) return listed;
    const own = listed.result.filter(
      ({ managers, isOwned }) => !isOwned && managers.some((entry) => entry.manager === manager),
    );
    result.push(...own);
  }
  return { ok: true, result };
}

function isKept(annotations: Readonly<Record<string, string>> = {}): boolean {
  return Object.entries(KEEPS).some(([key, value]) => value.test(annotations[key] ?? ''));
}
