import { imageSchema, imageText, type ImageReference } from '@strake/core';
import * as z from 'zod';
import { envFromSchema, type EnvFromProperties } from './env-from.ts';
import { variablesOf, variablesSchema, type EnvValueProperties } from './env-value.ts';
import { mountsSchema, mountsOf, type MountProperties } from './mounts.ts';
import { resourceList, resourceTexts, type ResourcesProperties } from './resources.ts';
import { securityContextSchema, type SecurityContextProperties } from './security-context.ts';

/** A container that runs beside or before the component's own (Kubernetes API: Container). */
export interface ExtraContainerProperties {
  /** Image with a tag or a digest: `fluent/fluent-bit:4.0.3`; or `image({ ... })`, whose tag the image lock decides. */
  readonly image: string | ImageReference;
  /**
   * When nodes ask the registry for it.
   * @default - every time for the tag `latest`, else when a node does not have it
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
   * Environment variables by name.
   * @default - none
   */
  readonly env?: Readonly<Record<string, EnvValueProperties>>;
  /**
   * Objects whose keys are variables.
   * @default - none
   */
  readonly envFrom?: readonly EnvFromProperties[];
  /**
   * Volumes of the pod by the path at which the container sees them: `{ '/logs': 'logs' }`. They are the component's,
   * or those of `storage`.
   * @default - none
   */
  readonly mounts?: Readonly<Record<string, string | MountProperties>>;
  /**
   * How much CPU and memory it is given.
   * @default - as the namespace says
   */
  readonly resources?: ResourcesProperties;
  /**
   * What its processes may do.
   * @default - as the pod says
   */
  readonly securityContext?: SecurityContextProperties;
}

const texts = z.array(z.string()).min(1).readonly().optional();

/** The schemas of such a container. */
export const extraContainerShape = {
  image: imageSchema,
  imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).optional(),
  command: texts,
  args: texts,
  env: variablesSchema.optional(),
  envFrom: envFromSchema.optional(),
  mounts: mountsSchema.optional(),
  resources: z
    .strictObject({ requests: resourceList.optional(), limits: resourceList.optional() })
    .optional(),
  securityContext: securityContextSchema.optional(),
};

const schema = z.strictObject(extraContainerShape);

/** Such a container, as Kubernetes writes it. */
export function extraContainer(name: string, properties: z.output<typeof schema>) {
  const { image, env, envFrom, mounts, resources, ...given } = properties;
  return {
    name,
    image: imageText(image),
    ...given,
    env: env && variablesOf(env),
    envFrom,
    volumeMounts: mounts && mountsOf(mounts),
    resources: resources && {
      requests: resourceTexts(resources.requests ?? {}),
      limits: resourceTexts(resources.limits ?? {}),
    },
  };
}
