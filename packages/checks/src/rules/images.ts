import { defineRule } from '@strake/core';
import { podsOf } from './pods.ts';
import { textAt } from './reading.ts';

const FROM = { package: '@strake/checks' } as const;

/** Every container has an image. */
export const requireContainerImage = defineRule({
  ...FROM,
  code: 'require-container-image',
  summary: 'an image on every container',
  why: 'The API server refuses a pod with a container that has no image.',
  fix: 'Give the container an image.',
  severity: 'error',
  check(target, report) {
    for (const { object, containers } of podsOf(target)) {
      for (const { name, value } of containers) {
        if (textAt(value, 'image') === undefined)
          report({ at: object, written: `the container \`${name}\` has no image` });
      }
    }
  },
});

/** Every image has a tag that says which version runs, or a digest. */
export const requireImageTag = defineRule({
  ...FROM,
  code: 'require-image-tag',
  summary: 'a tag other than `latest`, or a digest, on every image',
  why: 'Without one, what runs depends on when a node pulled it, and nothing in the repository says what that is.',
  fix: 'Write the version behind the name, as in `redis:7.4.1`.',
  severity: 'error',
  check(target, report) {
    for (const { object, containers } of podsOf(target)) {
      for (const { name, value } of containers) {
        const image = textAt(value, 'image');
        if (image === undefined || isPinned(image)) continue;
        const { tag } = imageParts(image);
        const lacks = tag === undefined ? 'has no tag' : `has the tag \`${tag}\`, which moves`;
        report({ at: object, written: `the image \`${image}\` of the container \`${name}\` ${lacks}` });
      }
    }
  },
});

/** Every image is named by digest. */
export const requireImageDigest = defineRule({
  ...FROM,
  code: 'require-image-digest',
  summary: 'a digest on every image',
  why: 'Whoever may push to the registry can put other content under a tag.',
  fix: 'Append the digest to the image, as in `redis:7.4.1@sha256:...`.',
  severity: 'warning',
  check(target, report) {
    for (const { object, containers } of podsOf(target)) {
      for (const { name, value } of containers) {
        const image = textAt(value, 'image');
        if (image === undefined || imageParts(image).digest !== undefined) continue;
        report({ at: object, written: `the image \`${image}\` of the container \`${name}\` has no digest` });
      }
    }
  },
});

/** Images that may not run. */
export interface BanImageProperties {
  /** Names without tag, in full or up to a `*` at the end: `docker.io/*`. */
  readonly images: readonly string[];
}

/** No container runs one of the given images. */
export function banImage({ images }: BanImageProperties) {
  return defineRule({
    ...FROM,
    code: 'ban-image',
    summary: `images other than ${images.map((each) => `\`${each}\``).join(', ')}`,
    why: 'The platform does not permit these images.',
    fix: 'Use an image that the platform permits.',
    severity: 'error',
    check(target, report) {
      for (const { object, containers } of podsOf(target)) {
        for (const { name, value } of containers) {
          const image = textAt(value, 'image');
          if (image === undefined || !images.some((banned) => isLike(imageParts(image).name, banned)))
            continue;
          report({ at: object, written: `the container \`${name}\` runs the image \`${image}\`` });
        }
      }
    },
  });
}

function isPinned(image: string): boolean {
  const { tag, digest } = imageParts(image);
  return digest !== undefined || (tag !== undefined && tag !== 'latest');
}

/** Name, tag and digest. A colon before the last slash belongs to the registry's port. */
function imageParts(image: string) {
  const [tagged = '', digest] = image.split('@', 2);
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
  return colon < 0
    ? { name: tagged, tag: undefined, digest }
    : { name: tagged.slice(0, colon), tag: tagged.slice(colon + 1), digest };
}

/** Docker Hub is meant where an image names no registry. */
function isLike(name: string, banned: string): boolean {
  const names = [name, `docker.io/${name}`, `docker.io/library/${name}`];
  return banned.endsWith('*')
    ? names.some((each, index) => isMeant(name, index) && each.startsWith(banned.slice(0, -1)))
    : names.some((each, index) => isMeant(name, index) && each === banned);
}

function isMeant(name: string, index: number): boolean {
  const first = name.split('/')[0] ?? '';
  const hasRegistry = name.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  return index === 0 || (!hasRegistry && (index === 1) === name.includes('/'));
}
