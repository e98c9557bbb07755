import { isJsonArray, isJsonObject, listType } from '@strake/core';
import type { JsonValue, KubernetesObject, Manifest } from '@strake/core';
import { valueChanges, type ValueChange } from '../diff/value-changes.ts';
import { withWriters, type ChangedValue } from '../diff/object-change.ts';
import { ownedPlaces, ownsAt } from './field-set.ts';
import { isByHand, type FieldManager } from './field-manager.ts';
import type { LiveObject, ManagedFields } from './live-object.ts';

/** An object as it is, as it is wanted, and as the API server says it would be. */
export interface AppliedObject {
  readonly manifest: Manifest;
  readonly live: LiveObject;
  /** What a dry run of the agent's apply came to. */
  readonly applied: KubernetesObject;
  readonly manager: FieldManager;
}

/** What agents and kubectl note down in an object for themselves. */
const BOOKKEEPING =
  /^(?:kubectl\.kubernetes\.io\/last-applied-configuration|(?:kustomize|helm)\.toolkit\.fluxcd\.io\/(?:name|namespace|checksum)|argocd\.argoproj\.io\/(?:tracking-id|installation-id)|app\.kubernetes\.io\/instance|deployment\.kubernetes\.io\/.*)$/;
const RESTARTED = 'kubectl.kubernetes.io/restartedAt';

/**
 * What the agent would change of an object, and what of it a person has added that stays. Left out is what the API
 * server or webhooks fill in, what controllers decide, and what an agent notes down for itself.
 */
export function liveValues(of: AppliedObject): readonly ChangedValue[] {
  const { manifest, live, applied } = of;
  const changes = valueChanges(live.object, live.object, applied).filter((each) => matters(each, of));
  const known = changes.map((each) => withWriters(shown(each, manifest.object), manifest));
  const others = addedByOthers(of).filter(
    ({ steps }) => !changes.some((each) => isWithin(steps, each.steps)),
  );
  return [...known, ...others].filter(
    (each) => !isDelegated(each.steps, manifest) && !isBookkeeping(each, manifest.object),
  );
}

/** Of what the dry run changes: what is rendered, and what the agent owned and has no longer. */
function matters({ steps }: ValueChange, { manifest, live, manager }: AppliedObject): boolean {
  if (valueAt(manifest.object, steps) !== undefined) return true;
  return live.managers.some(
    (entry) =>
      (entry.manager === manager.name || manager.takesOver(entry, live.object)) &&
      ownsAt(entry.fields, live.object, steps),
  );
}

/** Of something new, what is rendered, without what the API server adds to it. */
function shown(change: ValueChange, rendered: KubernetesObject): ValueChange {
  return change.before === undefined ? { ...change, after: valueAt(rendered, change.steps) } : change;
}

/** What nobody renders and a person has written: either the agent takes it over and removes it, or it stays. */
function addedByOthers({ manifest, live, manager }: AppliedObject): ChangedValue[] {
  const found = new Map<string, ChangedValue>();
  for (const entry of live.managers) {
    const isTaken = manager.takesOver(entry, live.object);
    if (entry.subresource === 'status' || (entry.manager === manager.name && entry.operation === 'Apply'))
      continue;
    if (!isTaken && !isByHand(entry)) continue;
    for (const steps of ownedPlaces(entry.fields, live.object, live.object)) {
      const before = valueAt(live.object, steps);
      if (before === undefined || valueAt(manifest.object, steps) !== undefined) continue;
      if (steps.includes(RESTARTED) && !isTaken) continue;
      if (isSharedWith(live.managers, entry, { steps, live, manager })) continue;
      found.set(steps.join('\0'), {
        steps,
        names: steps,
        before,
        after: undefined,
        by: [],
        note: `added by ${entry.manager}${isTaken ? '' : `, and ${manager.name} leaves it`}`,
        ...(!isTaken && { stays: true }),
      });
    }
  }
  return [...found.values()];
}

/** Whether somebody whose fields the agent does not take over, and who is no person, owns the place too. */
function isSharedWith(
  managers: readonly ManagedFields[],
  own: ManagedFields,
  { steps, live, manager }: { steps: readonly string[]; live: LiveObject; manager: FieldManager },
): boolean {
  return managers.some(
    (entry) =>
      entry !== own &&
      !isByHand(entry) &&
      entry.manager !== manager.name &&
      !manager.takesOver(entry, live.object) &&
      ownsAt(entry.fields, live.object, steps),
  );
}

function isDelegated(steps: readonly string[], { delegations }: Manifest): boolean {
  return delegations.some((delegation) => isWithin(steps, delegation.steps));
}

/** Whether a label or annotation is none of the user's, or a whole map of them that would vanish. */
function isBookkeeping({ steps, before, after }: ValueChange, rendered: KubernetesObject): boolean {
  const [top, map, key] = steps;
  if (top !== 'metadata' || (map !== 'labels' && map !== 'annotations')) return false;
  if (key === undefined && (after !== undefined || !isJsonObject(before))) return false;
  const keys = key === undefined ? Object.keys(before ?? {}) : [key];
  return keys.every((each) => BOOKKEEPING.test(each) && valueAt(rendered, [top, map, each]) === undefined);
}

function isWithin(steps: readonly string[], outer: readonly string[]): boolean {
  return outer.every((step, index) => steps[index] === step);
}

/** What stands at a place, elements of lists by key or index. */
export function valueAt(object: KubernetesObject, steps: readonly string[]): JsonValue | undefined {
  let at: JsonValue | undefined = object;
  for (const [depth, step] of steps.entries()) {
    if (isJsonArray(at)) {
      const { type, keyOf } = listType(object, steps.slice(0, depth));
      at = type === 'map' ? at.find((element) => keyOf(element) === step) : at[Number(step)];
    } else at = isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}
