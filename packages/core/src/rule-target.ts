import { groupOf, identityOf, type KubernetesObject } from './kubernetes-object.ts';
import type { Manifest } from './manifest.ts';
import type { RenderedApplication } from './render.ts';
import type { ObjectPlace, RuleTarget } from './rule.ts';

/** The identities of many objects. */
export class ObjectIndex {
  readonly keys = new Set<string>();

  /** @returns the object's kind with its API group */
  add(object: KubernetesObject): string {
    const { name, namespace } = object.metadata;
    const kind = kindOf(object);
    this.keys.add(keyOf(kind, name, namespace));
    return kind;
  }

  /** Adds whatever a component would make that was not built: its own finding says what is wrong. */
  addUnbuilt(name: string, namespace: string): void {
    this.keys.add(keyOf(ANY, name, namespace));
  }

  /** Adds what another index has. */
  addAll({ keys }: ObjectIndex): void {
    for (const key of keys) this.keys.add(key);
  }

  /** Objects of cluster-wide kinds are found in every namespace. */
  has(kind: string, name: string, namespace?: string): boolean {
    return (
      this.keys.has(keyOf(kind, name, namespace)) ||
      this.keys.has(keyOf(kind, name, undefined)) ||
      this.keys.has(keyOf(ANY, name, namespace))
    );
  }
}

const ANY = '*';

/** A kind with its API group: `Deployment.apps`. */
function kindOf({ apiVersion, kind }: KubernetesObject): string {
  const group = groupOf(apiVersion);
  return group === '' ? kind : `${kind}.${group}`;
}

function keyOf(kind: string, name: string, namespace = ''): string {
  return `${kind}/${namespace}/${name}`;
}

/** An application's finished objects as rules see them, and the identities of all that it has. */
export function ruleTarget(
  rendered: RenderedApplication,
  isClusterShared: boolean,
): { readonly target: RuleTarget; readonly index: ObjectIndex } {
  const {
    environment,
    application,
    namespace,
    manifests,
    withheld = [],
    claims = [],
    unbuilt = [],
  } = rendered;
  const kinds = new Map<string, KubernetesObject[]>();
  const known = new Map<KubernetesObject, KnownObject>();
  const index = new ObjectIndex();
  for (const manifest of manifests) {
    const { object } = manifest;
    const kind = index.add(object);
    const others = kinds.get(kind);
    if (others === undefined) kinds.set(kind, [object]);
    else others.push(object);
    known.set(object, { manifest, place: undefined });
  }
  for (const object of withheld) index.add(object);
  for (const name of unbuilt) index.addUnbuilt(name, namespace);
  const target: RuleTarget = {
    environment,
    application,
    namespace,
    objects: manifests.map(({ object }) => object),
    claims,
    isClusterShared,
    of: (kind) => kinds.get(kind) ?? NONE,
    has: (kind, name, within = namespace) => index.has(kind, name, within),
    delegations: (object) => known.get(object)?.manifest.delegations ?? [],
    place: (object) => {
      const its = known.get(object);
      if (its === undefined) return placeOf(object, rendered, undefined);
      return (its.place ??= placeOf(object, rendered, its.manifest.writer));
    },
  };
  return { target, index };
}

/** An object, and its place once a rule has asked for it. */
interface KnownObject {
  readonly manifest: Manifest;
  place: ObjectPlace | undefined;
}

const NONE: readonly KubernetesObject[] = [];

function placeOf(
  object: KubernetesObject,
  { environment, application }: RenderedApplication,
  writer: Manifest['writer'],
): ObjectPlace {
  return {
    environment,
    application,
    object: identityOf(object),
    path: writer?.path ?? application,
    origin: writer?.origin,
  };
}
