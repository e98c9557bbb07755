import { isJsonArray, isJsonObject, type JsonValue, type TraitContext } from '@strake/core';
import * as z from 'zod';
import { partName } from './object-name.ts';

/** How a container sees a volume (Kubernetes API: VolumeMount). */
export interface MountProperties {
  /** Name of the volume. */
  readonly volume: string;
  /**
   * File or folder of the volume that is seen.
   * @default - the whole volume
   */
  readonly subPath?: string;
  /** @default false */
  readonly readOnly?: boolean;
}

/** The schema of a path inside of a container. */
export const containerPath = z.string().regex(/^\/[^:]*$/, 'a path that starts with `/` and has no `:`');

/** The schema of a path inside of a volume. */
export const volumePath = z
  .string()
  .regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$)).+$/, 'a path that neither starts with `/` nor has `..`');

/** The schema of mounts by their path. */
export const mountsSchema = z
  .record(
    containerPath,
    z.union([
      partName,
      z.strictObject({ volume: partName, subPath: volumePath.optional(), readOnly: z.boolean().optional() }),
    ]),
  )
  .readonly();

type Mounts = z.output<typeof mountsSchema>;

/** Mounts as a container lists them. */
export function mountsOf(mounts: Mounts) {
  return Object.entries(mounts).map(([mountPath, given]) => {
    const { volume, ...rest } = typeof given === 'string' ? { volume: given } : given;
    return { name: volume, mountPath, ...rest };
  });
}

/** The names of the elements of a list, such as a pod's volumes. */
export function namesIn(list: JsonValue | undefined): string[] {
  if (!isJsonArray(list)) return [];
  return list.flatMap((element) => {
    if (!isJsonObject(element)) return [];
    const { name, metadata } = element;
    const given = name ?? (isJsonObject(metadata) ? metadata['name'] : undefined);
    return typeof given === 'string' ? [given] : [];
  });
}

/** What there is to say about mounts of volumes that the pod does not have. */
export function unknownVolumes(
  mounts: Mounts,
  volumes: readonly string[],
  container: string,
): Parameters<TraitContext['report']>[0][] {
  return mountsOf(mounts)
    .filter(({ name }) => !volumes.includes(name))
    .map(({ name, mountPath }) => ({
      code: 'reference-unknown',
      written: `\`${container}\` mounts the volume \`${name}\` at \`${mountPath}\``,
      allowed:
        volumes.length === 0
          ? 'nothing: the pod has no volumes'
          : volumes.map((each) => `\`${each}\``).join(', '),
      fix: `Attach \`storage\` with a volume \`${name}\`, or name one that exists.`,
    }));
}
