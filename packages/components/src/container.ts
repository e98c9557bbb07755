import { Mountable, type Component, type JsonObject } from '@strake/core';
import * as z from 'zod';

/** A variable's value: text, or where Kubernetes reads it from, as `key()` of a config or a secret claim says. */
export type EnvValue = string | { readonly valueFrom: JsonObject };

/** One container and what it reads. */
export interface ContainerProperties {
  /** Image with a tag or a digest: `ghcr.io/acme/cart:1.4.2`. */
  readonly image: string;
  /**
   * Entry point.
   * @default - the image's entry point
   */
  readonly command?: readonly string[];
  /**
   * Arguments of the entry point.
   * @default - the image's arguments
   */
  readonly args?: readonly string[];
  /**
   * Environment variables by name.
   * @default - none
   */
  readonly env?: Readonly<Record<string, EnvValue>>;
  /**
   * Configs, secret claims and volume claims, by the path at which the container sees them.
   * @default - none
   */
  readonly mounts?: Readonly<Record<string, Component<'mountable'>>>;
}

const mountable = z.custom<Component<'mountable'>>(
  (value) => typeof value === 'object' && value !== null && 'node' in value,
  'a config, a secret claim or a volume claim',
);

/** The schemas of a container's properties. */
export const containerShape = {
  image: z.string().min(1),
  command: z.array(z.string()).readonly().optional(),
  args: z.array(z.string()).readonly().optional(),
  env: z
    .record(z.string(), z.union([z.string(), z.strictObject({ valueFrom: z.custom<JsonObject>() })]))
    .readonly()
    .optional(),
  mounts: z.record(z.string(), mountable).readonly().optional(),
};

/** A container of a pod, as Kubernetes writes it. */
export function containerOf(
  name: string,
  { image, command, args, env, mounts = {} }: ContainerProperties,
  more: readonly JsonObject[] = [],
): JsonObject {
  const mounted = Object.entries(mounts).map(([mountPath, { name: volume }]) => ({
    name: volume,
    mountPath,
  }));
  const volumeMounts = [...mounted, ...more];
  return {
    name,
    image,
    command,
    args,
    env:
      env &&
      Object.entries(env).map(([variable, value]) =>
        typeof value === 'string' ? { name: variable, value } : { name: variable, ...value },
      ),
    volumeMounts: volumeMounts.length === 0 ? undefined : volumeMounts,
  };
}

/** The volumes that a container's mounts need, each once. */
export function volumesOf({ mounts = {} }: ContainerProperties): JsonObject[] {
  return [...new Set(Object.values(mounts))].map((mounted) => ({
    name: mounted.name,
    ...Mountable.of(mounted).volume,
  }));
}
