import { finding, StrakeError, type Finding, type LockedImage } from '@strake/core';
import { chooseTag, compareTags, imageLockPath, openRegistry, type Registry } from '@strake/gitops';
import { dockerCredentials } from './docker-credentials.ts';
import type { ProjectImage } from './project-images.ts';

/** What the policy of an image chooses now. */
export interface ChosenImage {
  readonly image: ProjectImage;
  /** The entry that the lock would get. */
  readonly locked: LockedImage;
  /** Whether the lock has something else. */
  readonly isChanged: boolean;
  /** Whether the locked tag is newer. */
  readonly isDowngrade: boolean;
}

/** How many images are asked for at a time. */
const AT_A_TIME = 6;

/** Registries with the credentials of Docker, each image asked for once. */
export function dockerRegistry(): Registry {
  const registry = openRegistry({ credentials: dockerCredentials });
  const tags = new Map<string, Promise<readonly string[]>>();
  const digests = new Map<string, Promise<string>>();
  return {
    tags: (image) => remembered(tags, image, () => registry.tags(image)),
    digest: (image, tag) => remembered(digests, `${image}:${tag}`, () => registry.digest(image, tag)),
  };
}

/** Asks the registries what the policies choose. What goes wrong with one image is said of that image. */
export async function chosenImages(
  images: readonly ProjectImage[],
): Promise<{ readonly chosen: readonly ChosenImage[]; readonly findings: readonly Finding[] }> {
  const registry = dockerRegistry();
  const chosen: ChosenImage[] = [];
  const findings: Finding[] = [];
  for (let start = 0; start < images.length; start += AT_A_TIME) {
    const batch = images.slice(start, start + AT_A_TIME);
    for (const each of await Promise.all(batch.map((image) => settled(chosenImage(image, registry))))) {
      if ('findings' in each) findings.push(...each.findings);
      else chosen.push(each);
    }
  }
  return { chosen, findings };
}

/** The digest that an entry gets: none where it wants none, and the one it has where the tag stays. */
export async function wantedDigest(
  { reference, locked }: Pick<ProjectImage, 'reference' | 'locked'>,
  tag: string,
  registry: Registry,
): Promise<string | undefined> {
  const { name, policy, digest: isWanted = true } = reference;
  const isMoving = typeof policy === 'object' && 'digest' in policy;
  if (!isWanted && !isMoving) return undefined;
  const known = locked?.newTag === tag && !isMoving ? locked.digest : undefined;
  return known ?? registry.digest(name, tag);
}

async function chosenImage(image: ProjectImage, registry: Registry): Promise<ChosenImage> {
  const { reference, locked, marker } = image;
  const { name, policy } = reference;
  const isMoving = typeof policy === 'object' && 'digest' in policy;
  const tags = isMoving ? [policy.digest.tag] : await registry.tags(name);
  const choice = chooseTag(reference, tags, locked?.newTag);
  if ('problem' in choice) throw new StrakeError([tagMissing(image, tags.length, choice.problem)]);
  const digest = await wantedDigest(image, choice.tag, registry);
  const entry = { name, newTag: choice.tag, ...(digest && { digest }), marker };
  return {
    image,
    locked: entry,
    isChanged: locked?.newTag !== entry.newTag || locked.digest !== digest,
    isDowngrade: locked !== undefined && compareTags(reference, entry.newTag, locked.newTag) < 0,
  };
}

async function settled<Result>(promise: Promise<Result>): Promise<Result | StrakeError> {
  try {
    return await promise;
  } catch (error) {
    if (StrakeError.is(error)) return error;
    throw error;
  }
}

function remembered<Value>(known: Map<string, Promise<Value>>, key: string, ask: () => Promise<Value>) {
  const value = known.get(key) ?? ask();
  known.set(key, value);
  return value;
}

function tagMissing(
  { environment, application, reference }: ProjectImage,
  count: number,
  problem: string,
): Finding {
  const said = finding({
    code: 'image-tag-missing',
    path: imageLockPath(environment, application),
    written: `${count} tags of \`${reference.name}\`: ${problem}`,
    allowed: 'at least one tag that the policy can choose',
    fix: 'Correct `policy` or `filterTags`, or push such a tag.',
  });
  return { ...said, environments: [environment] };
}
