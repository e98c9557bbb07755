import { imageSchema, imageText, type ImageReference, type JsonObject } from '@strake/core';
import * as z from 'zod';
import { envFromSchema, envOf, envSchema, type EnvSource, type EnvValue } from './env.ts';
import { mountsSchema, volumeMountsOf, type MountsProperties } from './mounts.ts';

/** One container and what it reads (Kubernetes API: Container). */
export interface ContainerProperties {
  /** Image with a tag or a digest: `ghcr.io/acme/cart:1.4.2`; or `image({ ... })`, whose tag the image lock decides. */
  readonly image: string | ImageReference;
  /**
   * When the node pulls the image.
   * @default - 'Always' for the tag `latest` or none, else 'IfNotPresent'
   */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
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
   * Folder in which the entry point runs.
   * @default - the image's folder
   */
  readonly workingDir?: string;
  /**
   * Environment variables by name.
   * @default - none
   */
  readonly env?: Readonly<Record<string, EnvValue>>;
  /**
   * Configs and secret claims whose keys all become environment variables. Of two with one key the later wins, and
   * `env` wins over both.
   * @default - none
   */
  readonly envFrom?: readonly EnvSource[];
  /**
   * Configs, secret claims and volume claims, by the path at which the container sees them.
   * @default - none
   */
  readonly mounts?: MountsProperties;
}

/** The schemas of a container's properties. */
export const containerShape = {
  image: imageSchema,
  imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).optional(),
  command: z.array(z.string()).readonly().optional(),
  args: z.array(z.string()).readonly().optional(),
  workingDir: z.string().min(1).optional(),
  env: envSchema.optional(),
  envFrom: envFromSchema.optional(),
  mounts: mountsSchema.optional(),
};

/** What a container has besides its properties. */
export interface ContainerParts {
  /** Ports as the container lists them. */
  readonly ports?: readonly JsonObject[];
  /** Variables that the component itself says. */
  readonly variables?: readonly JsonObject[];
  /** Mounts of volumes that the workload itself makes. */
  readonly volumeMounts?: readonly JsonObject[];
}

/** A container of a pod, as Kubernetes writes it. */
export function containerOf(
  name: string,
  { image, imagePullPolicy, command, args, workingDir, env, envFrom = [], mounts }: ContainerProperties,
  { ports = [], variables = [], volumeMounts = [] }: ContainerParts = {},
): JsonObject {
  return {
    name,
    image: imageText(image),
    imagePullPolicy,
    command,
    args,
    workingDir,
    ports: listOrNone(ports),
    env: listOrNone([...variables, ...envOf(env)]),
    envFrom: listOrNone(envFrom.map((source) => source.envFrom)),
    volumeMounts: listOrNone([...volumeMountsOf(mounts), ...volumeMounts]),
  };
}

/** A list that is left out where it is empty. */
export function listOrNone(list: readonly JsonObject[]): readonly JsonObject[] | undefined {
  return list.length === 0 ? undefined : list;
}
