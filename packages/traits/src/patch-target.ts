import type { KubernetesObject } from '@strake/core';
import * as z from 'zod';
import { objectName } from './object-name.ts';

/** An object of the component, as Kustomize selects what it patches. */
export interface PatchTargetProperties {
  /** Kind of the object: `Deployment`. */
  readonly kind: string;
  /**
   * API group of the object, where two of the component have one kind: `networking.istio.io`.
   * @default - any
   */
  readonly group?: string;
  /**
   * Name of the object, where the component has more than one of the kind.
   * @default - any
   */
  readonly name?: string;
}

/** A patch and the object that it is for. */
export interface PatchProperties<Patch> {
  /** The object, which a component or a trait of it made. */
  readonly target: PatchTargetProperties;
  /** What is changed. */
  readonly patch: Patch;
}

/** The schema of patches with the object that each is for. */
export function patchesSchema<Patch extends z.ZodType>(patch: Patch) {
  const target = z.strictObject({
    kind: z.string().min(1),
    group: z.string().optional(),
    name: objectName.optional(),
  });
  return z.array(z.strictObject({ target, patch })).min(1).readonly();
}

/** The schema of the reason why objects are patched. */
export const reasonSchema = z.string().trim().min(1, 'a reason');

/** The objects that a target selects. */
export function selected(
  objects: readonly KubernetesObject[],
  { kind, group, name }: PatchTargetProperties,
): KubernetesObject[] {
  return objects.filter(
    (object) =>
      object.kind === kind &&
      (name === undefined || object.metadata.name === name) &&
      (group === undefined || groupOf(object.apiVersion) === group),
  );
}

/** An object's kind and name, as findings name it. */
export function nameOf({ kind, metadata }: KubernetesObject): string {
  return `${kind} \`${metadata.name}\``;
}

function groupOf(apiVersion: string): string {
  const [group = '', version] = apiVersion.split('/');
  return version === undefined ? '' : group;
}
