import { propertiesOf, type PropertiesSchema } from '@strake/core';
import * as z from 'zod';
import {
  agentShape,
  hasCredentials,
  objectName,
  secretRef,
  type AgentProperties,
} from '../agents/agent-properties.ts';

/** What `flux()` writes. Durations are Flux' own: `10m`, `1h30m`. */
export interface FluxProperties extends AgentProperties {
  /**
   * Namespace of Flux' objects.
   * @default 'flux-system'
   */
  readonly namespace?: string;
  /**
   * Secret that holds what the repository asks for (Flux: GitRepository.spec.secretRef).
   * @default - the repository can be read by everybody
   */
  readonly secretRef?: { readonly name: string };
  /**
   * How often what runs is compared with what was synced; a new commit is synced at once.
   * @default '10m'
   */
  readonly interval?: string;
  /**
   * How often the repository is asked for new commits.
   * @default '1m'
   */
  readonly sourceInterval?: string;
  /**
   * When a sync that failed is tried again.
   * @default '2m'
   */
  readonly retryInterval?: string;
  /**
   * How long one sync may take, until everything is healthy.
   * @default '5m'
   */
  readonly timeout?: string;
  /**
   * Whether objects are deleted whose file is gone.
   * @default true
   */
  readonly prune?: boolean;
  /**
   * Whether an application counts as synced only once its objects are healthy.
   * @default true
   */
  readonly wait?: boolean;
  /**
   * ServiceAccount in the namespace of Flux' objects by which applications are applied.
   * @default - that of kustomize-controller
   */
  readonly serviceAccountName?: string;
  /**
   * How Flux moves the images that a lock decides.
   * @default - it does not
   */
  readonly imageUpdates?: FluxImageUpdates;
}

/** How Flux moves images. The Secret of the repository must permit to push. */
export interface FluxImageUpdates {
  /** Author of its commits (Flux: ImageUpdateAutomation.spec.git.commit.author). */
  readonly author: { readonly name?: string; readonly email: string };
  /**
   * How often registries are asked.
   * @default '5m'
   */
  readonly interval?: string;
  /**
   * Secrets for registries, by the registry's name: `ghcr.io`. They are of the type `kubernetes.io/dockerconfigjson`.
   * @default {}
   */
  readonly registries?: Readonly<Record<string, { readonly secretRef: { readonly name: string } }>>;
  /**
   * Key that signs its commits (Flux: ImageUpdateAutomation.spec.git.commit.signingKey).
   * @default - they are not signed
   */
  readonly signingKey?: { readonly type: 'gpg' | 'ssh'; readonly secretRef: { readonly name: string } };
}

const duration = z
  .string()
  .regex(/^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/, 'is no duration such as `10m` or `1h30m`');

const imageUpdates = z.strictObject({
  author: z.strictObject({ name: z.string().min(1).optional(), email: z.string().min(3) }),
  interval: duration.optional(),
  registries: z.record(z.string(), z.strictObject({ secretRef })).optional(),
  signingKey: z.strictObject({ type: z.enum(['gpg', 'ssh']), secretRef }).optional(),
});

export const fluxSchema: PropertiesSchema<FluxProperties> = propertiesOf<FluxProperties>()({
  ...agentShape,
  url: z
    .string()
    .regex(/^(http|https|ssh):\/\/\S+$/, 'is no URL that begins with `https://` or `ssh://`')
    .refine((url) => !hasCredentials(url), 'has credentials, which belong into the Secret of `secretRef`'),
  namespace: objectName.optional(),
  secretRef: secretRef.optional(),
  interval: duration.optional(),
  sourceInterval: duration.optional(),
  retryInterval: duration.optional(),
  timeout: duration.optional(),
  prune: z.boolean().optional(),
  wait: z.boolean().optional(),
  serviceAccountName: objectName.optional(),
  imageUpdates: imageUpdates.optional(),
});
