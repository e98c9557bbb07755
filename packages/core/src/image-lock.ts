import type { Inputs } from './apply-scopes.ts';
import type { ImageReference } from './image.ts';
import { isJsonArray, isJsonObject, type JsonValue } from './json.ts';

/** One entry of an image lock: what runs of an image. */
export interface LockedImage {
  readonly name: string;
  readonly newTag: string;
  /** Digest that the tag had when it was locked: `sha256:...`. */
  readonly digest?: string;
  /** Policy of the bot that may change the entry, with its namespace: `flux-system:cart.staging.web`. */
  readonly marker?: string;
}

/** An image that an application runs, and what the lock says of it. */
export interface UsedImage {
  readonly reference: ImageReference;
  /** Undefined when the lock has no entry. */
  readonly locked: LockedImage | undefined;
}

/** The key under which the inputs of a render hold the image lock of an application. */
export function imageLockInput(environment: string, application: string): string {
  return `images/${environment}/${application}`;
}

/** An image lock as an input of a render. */
export function imageLockValue(images: readonly LockedImage[]): JsonValue {
  return { images: images.map((each) => ({ ...each })) };
}

/** The entries of an application's image lock by the name of the image. */
export function lockedImages(
  inputs: Inputs,
  environment: string,
  application: string,
): ReadonlyMap<string, LockedImage> {
  const value = inputs.get(imageLockInput(environment, application));
  const images = isJsonObject(value) ? value['images'] : undefined;
  const entries = isJsonArray(images) ? images.filter(isLockedImage) : [];
  return new Map(entries.map((entry) => [entry.name, entry]));
}

/** `name:tag`, or `name:tag@digest`: what bots write in a place whose marker has no suffix. */
export function lockedText({ name, newTag, digest }: LockedImage): string {
  return `${name}:${newTag}${digest === undefined ? '' : `@${digest}`}`;
}

function isLockedImage(value: JsonValue): value is JsonValue & LockedImage {
  return isJsonObject(value) && typeof value['name'] === 'string' && typeof value['newTag'] === 'string';
}
