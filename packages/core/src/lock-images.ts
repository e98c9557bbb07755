import type { Inputs } from './apply-scopes.ts';
import { finding, type FindingInput } from './finding.ts';
import { isImagePlaceholder, isLabelValue, readPlaceholder, type ImagePlaceholder } from './image.ts';
import { lockedImages, lockedText, type LockedImage, type UsedImage } from './image-lock.ts';
import { isJsonArray, isJsonObject, type JsonValue, type MutableJsonObject } from './json.ts';
import { isKubernetesObject } from './kubernetes-object.ts';
import type { Manifest } from './manifest.ts';
import type { RenderedApplication } from './render.ts';
import type { Report } from './writes/problem.ts';

/** An application whose images are decided. */
export interface LockedApplication extends RenderedApplication {
  /** The images that the lock decides, each once, sorted by name. */
  readonly images: readonly UsedImage[];
}

const VERSION = 'app.kubernetes.io/version';

/** Says in the manifests of an application which images run, and beside them which policy may change them. */
export function lockImages(rendered: RenderedApplication, inputs: Inputs, report: Report): LockedApplication {
  const { environment, application, manifests } = rendered;
  if (!manifests.some(({ object }) => holdsPlaceholder(object))) return { images: [], ...rendered };
  const lock = lockedImages(inputs, environment.name, application);
  const replacing = new Replacing(rendered, lock, report);
  const locked = manifests.map((manifest) => replacing.manifest(manifest));
  const images = [...replacing.used.values()].toSorted((left, right) =>
    left.reference.name < right.reference.name ? -1 : 1,
  );
  return { ...rendered, manifests: locked, images };
}

function holdsPlaceholder(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return isImagePlaceholder(value);
  if (typeof value !== 'object' || value === null) return false;
  if (isJsonArray(value)) return value.some(holdsPlaceholder);
  for (const key in value) if (holdsPlaceholder(value[key])) return true;
  return false;
}

/** One walk over the manifests of an application. */
class Replacing {
  readonly used = new Map<string, UsedImage>();
  readonly #rendered: RenderedApplication;
  readonly #lock: ReadonlyMap<string, LockedImage>;
  readonly #tell: Report;
  #manifest: Manifest | undefined;
  #comments = new Map<string, string>();

  constructor(rendered: RenderedApplication, lock: ReadonlyMap<string, LockedImage>, tell: Report) {
    this.#rendered = rendered;
    this.#lock = lock;
    this.#tell = tell;
  }

  manifest(manifest: Manifest): Manifest {
    if (!holdsPlaceholder(manifest.object)) return manifest;
    this.#manifest = manifest;
    this.#comments = new Map(manifest.comments);
    const object = this.#value(manifest.object, '', '');
    return isKubernetesObject(object) ? { ...manifest, object, comments: this.#comments } : manifest;
  }

  #value(value: JsonValue, key: string, pointer: string): JsonValue | undefined {
    if (typeof value === 'string') return isImagePlaceholder(value) ? this.#text(value, key, pointer) : value;
    if (isJsonArray(value))
      return value.map((item, index) => this.#value(item, key, `${pointer}/${index}`) ?? null);
    if (!isJsonObject(value)) return value;
    const copy: MutableJsonObject = {};
    for (const [name, entry] of Object.entries(value)) {
      if (entry === undefined) continue;
      const escaped = name.replaceAll('~', '~0').replaceAll('/', '~1');
      copy[name] = this.#value(entry, name, `${pointer}/${escaped}`);
    }
    return copy;
  }

  #text(text: string, key: string, pointer: string): JsonValue | undefined {
    const read = readPlaceholder(text);
    if (read === undefined || key !== (read.stands === 'image' ? 'image' : VERSION)) {
      this.#report(misplaced(pointer));
      return text;
    }
    const locked = this.#lockedFor(read);
    // Nothing is written then; a tag keeps the rules about images from saying the same in their words.
    if (locked === undefined)
      return read.stands === 'image' ? `${read.reference.name}:not-locked` : undefined;
    if (read.stands === 'version' && !isLabelValue(locked.newTag)) return undefined;
    const suffix = read.stands === 'image' ? '' : ':tag';
    if (locked.marker !== undefined)
      this.#comments.set(
        pointer,
        JSON.stringify({ $imagepolicy: locked.marker + suffix }).replace(':', ': '),
      );
    return read.stands === 'image' ? lockedText(locked) : locked.newTag;
  }

  #lockedFor({ reference }: ImagePlaceholder): LockedImage | undefined {
    const { name } = reference;
    const known = this.used.get(name);
    if (known !== undefined) {
      if (JSON.stringify(known.reference) !== JSON.stringify(reference)) this.#report(twoPolicies(name));
      return known.locked;
    }
    const locked = this.#lock.get(name);
    this.used.set(name, { reference, locked });
    if (locked === undefined) this.#report(notLocked(name, this.#rendered.environment.name));
    return locked;
  }

  #report(input: Omit<FindingInput, 'path'>): void {
    const { writer } = this.#manifest ?? {};
    const { environment, application } = this.#rendered;
    const path = writer?.path ?? application;
    this.#tell({
      ...finding({ ...input, path, origins: [writer?.origin] }),
      environments: [environment.name],
    });
  }
}

function notLocked(name: string, environment: string): Omit<FindingInput, 'path'> {
  return {
    code: 'image-not-locked',
    written: `\`image({ name: '${name}', ... })\`, which the image lock does not have`,
    allowed: 'images that the lock of the application and environment decides',
    fix: `Run \`strake images update --env ${environment}\`.`,
  };
}

function twoPolicies(name: string): Omit<FindingInput, 'path'> {
  return {
    code: 'image-policy-conflict',
    written: `the image \`${name}\` with two policies`,
    allowed: 'one policy for an image in an application, since the lock has one entry for it',
    fix: 'Give both the same `image({ ... })`.',
  };
}

function misplaced(pointer: string): Omit<FindingInput, 'path'> {
  return {
    code: 'image-misplaced',
    written: `an image that the lock decides, at \`${pointer}\``,
    allowed: `such an image as the \`image\` of a container, and its tag as the label \`${VERSION}\``,
    fix: 'Name the image there as a text with a tag.',
  };
}
