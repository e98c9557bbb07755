import { groupOf, identityOf, type KubernetesObject } from './kubernetes-object.ts';
import type { Manifest } from './manifest.ts';
import type { RenderedApplication } from './render.ts';
import type { RuleTarget } from './rule.ts';

/** The identities of many objects. */
export class ObjectIndex {
  readonly keys = new Set<string>();

  add(object: KubernetesObject): void {
    const { name, namespace } = object.metadata;
    this.keys.add(keyOf(kindOf(object), name, namespace));
  }

  /** Objects of cluster-wide kinds are found in every namespace. */
  has(kind: string, name: string, namespace?: string): boolean {
    return this.keys.has(keyOf(kind, name, namespace)) || this.keys.has(keyOf(kind, name, undefined));
  }
}

/** A kind with its API group: `Deployment.apps`. */
export function kindOf({ apiVersion, kind }: KubernetesObject): string {
  const group = groupOf(apiVersion);
  return group === '' ? kind : `${kind}.${group}`;
}

function keyOf(kind: string, name: string, namespace = ''): string {
  return `${kind}/${namespace}/${name}`;
}

/** An application's finished objects as rules see them. */
export function ruleTarget({
  environment,
  application,
  namespace,
  manifests,
  withheld = [],
  claims = [],
}: RenderedApplication): RuleTarget {
  const objects = manifests.map(({ object }) => object);
  const kinds = new Map<string, KubernetesObject[]>();
  const index = new ObjectIndex();
  for (const object of objects) {
    index.add(object);
    const kind = kindOf(object);
    const known = kinds.get(kind);
    if (known === undefined) kinds.set(kind, [object]);
    else known.push(object);
  }
  for (const object of withheld) index.add(object);
  let found: ReadonlyMap<KubernetesObject, Manifest> | undefined;
  const manifestOf = (object: KubernetesObject) => {
    found ??= new Map(manifests.map((manifest) => [manifest.object, manifest]));
    return found.get(object);
  };
  return {
    environment,
    application,
    namespace,
    objects,
    claims,
    of: (kind) => kinds.get(kind) ?? [],
    has: (kind, name, within = namespace) => index.has(kind, name, within),
    delegations: (object) => manifestOf(object)?.delegations ?? [],
    place: (object) => {
      const writer = manifestOf(object)?.writer;
      return {
        environment,
        application,
        object: identityOf(object),
        path: writer?.path ?? application,
        origin: writer?.origin,
      };
    },
  };
}
