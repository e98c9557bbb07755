import { Component, Mountable, type JsonObject } from '@strake/core';
import * as z from 'zod';

/** A volume, and what of it a container sees. */
export interface MountProperties {
  /** A config, a secret claim or a volume claim. */
  readonly volume: Component<'mountable'>;
  /**
   * Name of the volume in the pod, where running pods call it otherwise.
   * @default - the name of the config or claim
   */
  readonly name?: string;
  /**
   * The one file or folder of the volume that is mounted: `cart.yaml`. Kubernetes never updates it in a running pod.
   * @default - the whole volume
   */
  readonly subPath?: string;
  /** @default false */
  readonly readOnly?: boolean;
}

/** Volumes by the path at which a container sees them. */
export type MountsProperties = Readonly<Record<string, Component<'mountable'> | MountProperties>>;

const volume = z.custom<Component<'mountable'>>(
  (value) => Component.isComponent(value),
  'a config, a secret claim or a volume claim',
);

/** The schema of an absolute path in a container. */
export const mountPath = z.string().regex(/^\/[^:]*$/, 'a path such as `/etc/cart`');

const volumeName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'a name such as `settings-volume`');

/** The schema of mounts. */
export const mountsSchema = z
  .record(
    mountPath,
    z.union([
      volume,
      z.strictObject({
        volume,
        name: volumeName.optional(),
        subPath: z
          .string()
          .regex(/^(?!\/)(?!(.*\/)?\.\.(\/|$)).+$/, 'a path within the volume, such as `cart.yaml`')
          .optional(),
        readOnly: z.boolean().optional(),
      }),
    ]),
  )
  .readonly();

/** Mounts as a container lists them. */
export function volumeMountsOf(mounts: MountsProperties | undefined): JsonObject[] {
  return mounted(mounts).map(([path, { volume, name = volume.name, ...how }]) => ({
    name,
    mountPath: path,
    ...how,
  }));
}

/** The volumes that mounts need, each once. Two of one name have a finding, as two elements of any list with one key. */
export function volumesOf(mounts: MountsProperties | undefined): JsonObject[] {
  const volumes = new Map<string, JsonObject>();
  for (const [, { volume, name = volume.name }] of mounted(mounts))
    volumes.set(`${name}/${volume.node.path}`, { name, ...Mountable.of(volume).volume });
  return [...volumes.values()];
}

/** A claim or config that was not built has a finding of its own, and is passed by. */
function mounted(mounts: MountsProperties = {}): [string, MountProperties][] {
  return Object.entries(mounts)
    .map(([path, given]): [string, MountProperties] => [
      path,
      Component.isComponent(given) ? { volume: given } : given,
    ])
    .filter(([, { volume }]) => Mountable.tryOf(volume) !== undefined);
}
