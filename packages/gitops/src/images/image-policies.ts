import { hash } from 'node:crypto';
import type { ImageReference, LockedApplication, TagFilter, UsedImage } from '@strake/core';
import { fluxPolicy, rangeOf, type FluxPolicy } from './choose-tag.ts';

/** What an agent's image bot has to know of one image of an application in an environment. */
export interface AgentImagePolicy {
  readonly environment: string;
  readonly application: string;
  /** Name of the policy object, as the markers have it. */
  readonly name: string;
  /** Namespace of the policy object, as the markers have it; undefined when the lock's entry has no marker. */
  readonly namespace: string | undefined;
  /** Image without a tag (Flux: ImageRepository.spec.image). */
  readonly image: string;
  /** Flux: ImagePolicy.spec.policy. */
  readonly policy: FluxPolicy;
  /** Flux: ImagePolicy.spec.filterTags. */
  readonly filterTags: TagFilter | undefined;
  /** Flux: ImagePolicy.spec.digestReflectionPolicy. With `Always`, Flux wants `spec.interval` too. */
  readonly digestReflectionPolicy: 'Always' | 'IfNotPresent' | 'Never';
  /** The same for Argo CD Image Updater; undefined when it has no strategy for the policy. */
  readonly imageUpdater: ImageUpdaterPolicy | undefined;
}

/** What Argo CD Image Updater calls a policy (ImageUpdater.spec.applicationRefs[].images[]). */
export interface ImageUpdaterPolicy {
  /** Image with a constraint: `ghcr.io/acme/web:1.4.x`. */
  readonly imageName: string;
  readonly updateStrategy: 'semver' | 'alphabetical' | 'digest';
  readonly allowTags: string | undefined;
}

/**
 * The name of an image's policy. No two of a cluster share one: names of applications and environments have no dots, and
 * the last part tells apart images whose last path segments are the same.
 */
export function imagePolicyName(environment: string, application: string, image: string): string {
  const last = image.slice(image.lastIndexOf('/') + 1).replaceAll(/[^a-z0-9]+/g, '-');
  return `${application}.${environment}.${last.slice(0, 60)}-${hash('sha256', image, 'hex').slice(0, 8)}`;
}

/**
 * What the agent needs to move the locked images of an application. A policy reflects digests exactly where the lock has
 * one, so that what the bot writes beside the lock is what a synth would write.
 */
export function imagePolicies({
  environment,
  application,
  images,
}: LockedApplication): readonly AgentImagePolicy[] {
  return images.flatMap(({ reference, locked }) => {
    if (locked === undefined) return [];
    const [namespace, marked] = locked.marker?.split(':') ?? [];
    return [
      {
        environment: environment.name,
        application,
        name: marked ?? imagePolicyName(environment.name, application, locked.name),
        namespace,
        image: locked.name,
        policy: fluxPolicy(reference.policy, locked.newTag),
        filterTags: filterOf(reference),
        digestReflectionPolicy: digestReflection(reference, locked),
        imageUpdater: imageUpdaterPolicy(reference, locked.newTag),
      },
    ];
  });
}

/** A tag that the registry moves is the only one that counts. */
function filterOf({ policy, filterTags }: ImageReference): TagFilter | undefined {
  if (typeof policy === 'string' || !('digest' in policy)) return filterTags;
  return { pattern: `^${policy.digest.tag.replaceAll('.', String.raw`\.`)}$` };
}

function digestReflection({ policy }: ImageReference, { digest }: NonNullable<UsedImage['locked']>) {
  if (digest === undefined) return 'Never';
  return typeof policy === 'object' && 'digest' in policy ? 'Always' : 'IfNotPresent';
}

function imageUpdaterPolicy(
  { name, policy, filterTags }: ImageReference,
  running: string,
): ImageUpdaterPolicy | undefined {
  if (filterTags?.extract !== undefined) return undefined;
  const allowTags = filterTags && `regexp:${filterTags.pattern}`;
  if (typeof policy === 'string')
    return { imageName: `${name}:${rangeOf(policy, running)}`, updateStrategy: 'semver', allowTags };
  if ('semver' in policy)
    return { imageName: `${name}:${policy.semver.range}`, updateStrategy: 'semver', allowTags };
  if ('digest' in policy)
    return { imageName: `${name}:${policy.digest.tag}`, updateStrategy: 'digest', allowTags };
  if ('alphabetical' in policy && policy.alphabetical.order !== 'desc')
    return { imageName: name, updateStrategy: 'alphabetical', allowTags };
  return undefined;
}
