import type { KubernetesObject } from '@strake/core';
import type { LiveObject, ManagedFields } from './live-object.ts';

/** Under what name an agent applies, and what it does with the fields of others. */
export interface FieldManager {
  readonly name: string;
  /** Whether it takes the fields of another manager for its own, and so removes those that it does not write. */
  takesOver(entry: ManagedFields, object: KubernetesObject): boolean;
  /** Why it does not apply an object at all; undefined when it does. */
  passesOver(wanted: KubernetesObject, live: KubernetesObject | undefined): string | undefined;
}

const FLUX = 'kustomize-controller';
const ARGOCD = 'argocd-controller';
const CLIENT_SIDE = 'kubectl-client-side-apply';
/** In the order in which the manager of a cluster's objects is looked for. */
const KNOWN = [FLUX, ARGOCD, 'kubectl', CLIENT_SIDE];
/** The names of agents, as the configuration has them. */
const OF_AGENT: Readonly<Record<string, string>> = { flux: FLUX, argocd: ARGOCD };

/** The manager that is asked for, else that of the agent, else the one that the objects of the cluster have. */
export function fieldManager(
  asked: string | undefined,
  agent: string | undefined,
  live: readonly LiveObject[],
): FieldManager {
  const present = new Set(live.flatMap(({ managers }) => managers.map(({ manager }) => manager)));
  const found = OF_AGENT[agent ?? ''] ?? KNOWN.find((name) => present.has(name)) ?? FLUX;
  const name = asked ?? (found === CLIENT_SIDE ? 'kubectl' : found);
  if (name === FLUX) return flux;
  return { name, takesOver: (entry) => isOwnUpdate(entry, name), passesOver: () => undefined };
}

/** Whether a person wrote, and no controller: with kubectl, which names itself after its verbs. */
export function isByHand({ manager }: ManagedFields): boolean {
  return /^kubectl(?:-|$)/.test(manager);
}

/** kustomize-controller 1.9: `FieldManagers`, `ExclusionSelector` and `IfNotPresentSelector` of its apply options. */
const flux: FieldManager = {
  name: FLUX,
  takesOver: ({ manager, operation, subresource }, object) => {
    if (subresource !== undefined || isMarked(object, 'ssa', 'merge')) return false;
    if (manager.startsWith('kubectl')) return true;
    return operation === 'Update' && ['before-first-apply', FLUX].some((name) => manager.startsWith(name));
  },
  passesOver: (wanted, live) => {
    const all = live === undefined ? [wanted] : [wanted, live];
    if (all.some((each) => isMarked(each, 'reconcile', 'disabled') || isMarked(each, 'ssa', 'ignore')))
      return 'an annotation tells Flux to leave it alone';
    if (live !== undefined && isMarked(wanted, 'ssa', 'ifnotpresent')) return 'Flux makes it only once';
    return undefined;
  },
};

/** Others take over what they, or kubectl in their stead, once wrote by client-side apply. */
function isOwnUpdate({ manager, operation, subresource }: ManagedFields, name: string): boolean {
  if (operation !== 'Update' || subresource !== undefined) return false;
  return manager === name || manager === CLIENT_SIDE;
}

function isMarked({ metadata }: KubernetesObject, name: string, value: string): boolean {
  const key = `kustomize.toolkit.fluxcd.io/${name}`;
  return [metadata.annotations, metadata.labels].some((map) => map?.[key]?.toLowerCase() === value);
}
