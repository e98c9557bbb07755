import * as z from 'zod';
import { propertiesOf, type PropertiesSchema } from './properties.ts';
import { tagPattern } from './tag-pattern.ts';

/** An image whose tag the image lock decides, not code. */
export interface ImageReference {
  /** Image without a tag and without a digest: `ghcr.io/acme/cart`. */
  readonly name: string;
  /** Which tags of the registry may run; bots and `strake images update` choose by it. */
  readonly policy: ImagePolicy;
  /**
   * Tags that count (Flux: ImagePolicy.spec.filterTags).
   * @default - all tags
   */
  readonly filterTags?: TagFilter;
  /**
   * Whether the lock also holds the digest of the tag, so that the same bytes run everywhere and always.
   * @default true
   */
  readonly digest?: boolean;
}

/**
 * How one tag is chosen from many (Flux: ImagePolicy.spec.policy).
 *
 * - `patch`: the highest patch release of the minor version that runs
 * - `minor`: the highest minor release of the major version that runs; below 1.0.0, as `patch`
 * - `semver`: the highest version in a range
 * - `numerical`, `alphabetical`: the last tag in an order, or with `desc` the first
 * - `digest`: one tag, which the registry moves
 */
export type ImagePolicy =
  | 'patch'
  | 'minor'
  | { readonly semver: { readonly range: string } }
  | { readonly numerical: { readonly order?: 'asc' | 'desc' } }
  | { readonly alphabetical: { readonly order?: 'asc' | 'desc' } }
  | { readonly digest: { readonly tag: string } };

/** Which tags count, and which part of them is compared (Flux: ImagePolicy.spec.filterTags). */
export interface TagFilter {
  /** Regular expression without lookaround: `^main-[a-f0-9]+-(?P<ts>[0-9]+)$`. */
  readonly pattern: string;
  /**
   * What is compared, with the groups of the pattern: `$ts`.
   * @default - the whole tag
   */
  readonly extract?: string;
}

/** What stands for an image, or for its tag in a label, until the lock says which it is. No image has such a name. */
const PLACEHOLDER = 'strake-image:{';

/** A placeholder that was read back. */
export interface ImagePlaceholder {
  readonly stands: 'image' | 'version';
  readonly reference: ImageReference;
}

const ordered = z.strictObject({ order: z.enum(['asc', 'desc']).optional() });
const tag = z.string().regex(/^\w[\w.-]{0,127}$/, 'a tag such as `main`');

/** The schema of an image whose tag the lock decides. */
export const imageReferenceSchema: PropertiesSchema<ImageReference> = propertiesOf<ImageReference>()({
  name: z
    .string()
    .max(255)
    .regex(
      /^(?:[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,5})?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/,
      'an image without a tag and without a digest, such as `ghcr.io/acme/cart`',
    ),
  policy: z.union([
    z.enum(['patch', 'minor']),
    z.strictObject({ semver: z.strictObject({ range: z.string().min(1).max(512) }) }),
    z.strictObject({ numerical: ordered }),
    z.strictObject({ alphabetical: ordered }),
    z.strictObject({ digest: z.strictObject({ tag }) }),
  ]),
  filterTags: z
    .strictObject({
      pattern: z
        .string()
        .max(512)
        .refine(
          (pattern) => tagPattern(pattern) !== undefined,
          'a regular expression that Go understands too: without lookaround, flags and references back',
        ),
      extract: z.string().min(1).max(512).optional(),
    })
    .optional(),
  digest: z.boolean().optional(),
});

/** The schema of an image that either code decides, as a text, or the lock. */
export const imageSchema: PropertiesSchema<string | ImageReference> = z.union([
  z.string().min(1),
  imageReferenceSchema,
]);

/**
 * An image whose tag is decided by the image lock, for wherever a component or a trait takes an image.
 *
 * @example
 * new WebService(this, 'web', { image: image({ name: 'ghcr.io/acme/cart', policy: 'minor' }), ports: { http: 8080 } });
 */
export function image(reference: ImageReference): ImageReference {
  return reference;
}

/** The text for the field `image` of a container: the image itself, or what the lock replaces. */
export function imageText(given: string | ImageReference): string {
  return typeof given === 'string' ? given : placeholder('image', given);
}

/**
 * The text for the label `app.kubernetes.io/version`: the tag, or what the lock replaces. Undefined when the image has no
 * tag, or one that is no label's value.
 */
export function imageVersion(given: string | ImageReference): string | undefined {
  if (typeof given !== 'string') return placeholder('version', given);
  const tagged = /:([^:/@]+)(?:@|$)/.exec(given)?.[1];
  return tagged === undefined || !isLabelValue(tagged) ? undefined : tagged;
}

/** Whether a text stands for an image that the lock decides. */
export function isImagePlaceholder(text: unknown): boolean {
  return typeof text === 'string' && text.includes(PLACEHOLDER);
}

/** What a text stands for; undefined when it is more or less than a placeholder. */
export function readPlaceholder(text: string): ImagePlaceholder | undefined {
  if (!text.startsWith(PLACEHOLDER)) return undefined;
  try {
    const read: { readonly stands?: unknown; readonly reference?: unknown } = JSON.parse(
      text.slice(PLACEHOLDER.length - 1),
    );
    const { data } = imageReferenceSchema.safeParse(read.reference);
    if (data === undefined || (read.stands !== 'image' && read.stands !== 'version')) return undefined;
    return { stands: read.stands, reference: data };
  } catch {
    return undefined;
  }
}

/** Whether a tag may be a label's value (Kubernetes: labels and selectors). */
export function isLabelValue(text: string): boolean {
  return /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(text);
}

/** Equal references have equal placeholders, in whatever order their properties were written. */
function placeholder(stands: ImagePlaceholder['stands'], reference: ImageReference): string {
  const { name, policy, filterTags, digest } = reference;
  const filter = filterTags && { pattern: filterTags.pattern, extract: filterTags.extract };
  const text = JSON.stringify({ stands, reference: { name, policy, filterTags: filter, digest } });
  return `${PLACEHOLDER.slice(0, -1)}${text}`;
}
