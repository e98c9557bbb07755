import type { ImagePolicy, ImageReference } from '@strake/core';
import { tagPattern } from '@strake/core/tools';
import { parseRange, type SemverRange } from './semver-range.ts';
import { compareVersions, versionOfTag, type SemverVersion } from './semver-version.ts';

/** The tag that a policy chooses, or why it chooses none. */
export type ChosenTag = { readonly tag: string } | { readonly problem: string };

/** What Flux's ImagePolicy has in the place of a policy (Flux: ImagePolicy.spec.policy). */
export type FluxPolicy = Exclude<ImagePolicy, string | { readonly digest: unknown }>;

/** Tags that no policy counts: signatures that stand beside images (Flux: ImageRepository.spec.exclusionList). */
export const EXCLUDED_TAGS: readonly string[] = ['^.*\\.sig$', '^sha256-.*$'];

/**
 * The range of versions that `patch` and `minor` leave to an image, by the tag that runs. It is the same for every tag in
 * it, so that a policy object stays as it is while a bot moves the tag. Without a tag, all releases.
 */
export function rangeOf(policy: 'patch' | 'minor', running: string | undefined): string {
  const version = running === undefined ? undefined : versionOfTag(running);
  if (version === undefined) return '*';
  const { major, minor } = version;
  return policy === 'minor' && major > 0n ? `${major}.x` : `${major}.${minor}.x`;
}

/** The policy in Flux's terms. One tag that the registry moves is the last of a list of one. */
export function fluxPolicy(policy: ImagePolicy, running: string | undefined): FluxPolicy {
  if (typeof policy === 'string') return { semver: { range: rangeOf(policy, running) } };
  return 'digest' in policy ? { alphabetical: { order: 'asc' } } : policy;
}

/** Which of a registry's tags Flux would choose (image-reflector-controller: internal/policy). */
export function chooseTag(
  { policy, filterTags }: ImageReference,
  tags: readonly string[],
  running?: string,
): ChosenTag {
  const counted = countedTags(tags);
  if (typeof policy === 'object' && 'digest' in policy) {
    const { tag } = policy.digest;
    return counted.includes(tag) ? { tag } : { problem: `none of them is \`${tag}\`` };
  }
  const candidates = extracted(filterTags, counted);
  if (candidates.size === 0) return { problem: 'none of them fits `filterTags`' };
  const chosen = latest(fluxPolicy(policy, running), [...candidates.keys()]);
  if ('problem' in chosen) return chosen;
  return { tag: candidates.get(chosen.tag) ?? chosen.tag };
}

/** In the order in which Flux looks at them, which decides between `2.1.1` and `v2.1.1`. */
function countedTags(tags: readonly string[]): readonly string[] {
  const excluded = EXCLUDED_TAGS.map((pattern) => new RegExp(pattern));
  const counted = tags.filter((tag) => !excluded.some((pattern) => pattern.test(tag)));
  return counted.toSorted((left, right) => (left > right ? -1 : 1));
}

/** Whether the policy could choose a tag if the registry had no other. */
export function isWithinPolicy(reference: ImageReference, tag: string): boolean {
  return 'tag' in chooseTag(reference, [tag], tag);
}

/** Negative when the left tag comes before the right one in the policy's order; 0 also when it knows no order. */
export function compareTags(reference: ImageReference, left: string, right: string): number {
  const { policy } = reference;
  if (typeof policy === 'string' || 'semver' in policy) {
    const [former, latter] = [versionOfTag(left), versionOfTag(right)];
    return former === undefined || latter === undefined ? 0 : compareVersions(former, latter);
  }
  if (left === right || ![left, right].every((tag) => isWithinPolicy(reference, tag))) return 0;
  const chosen = chooseTag(reference, [left, right]);
  if ('problem' in chosen || 'digest' in policy) return 0;
  return chosen.tag === right ? -1 : 1;
}

/** The tags that count, by what is compared of them. Of two with the same text the later counts. */
function extracted(filter: ImageReference['filterTags'], tags: readonly string[]): Map<string, string> {
  if (filter === undefined) return new Map(tags.map((tag) => [tag, tag]));
  const pattern = tagPattern(filter.pattern);
  const found = new Map<string, string>();
  for (const tag of tags) {
    const match = pattern?.exec(tag) ?? undefined;
    if (match !== undefined)
      found.set(filter.extract === undefined ? tag : expanded(filter.extract, match), tag);
  }
  return found;
}

/** A template with `$1`, `$name` and `${name}`; a group that there is not is empty (Go: regexp.Expand). */
function expanded(template: string, match: RegExpExecArray): string {
  return template.replaceAll(/\$(?:\$|(\w+)|\{(\w+)\})/g, (_written, plain?: string, braced?: string) => {
    const name = plain ?? braced;
    if (name === undefined) return '$';
    return (/^(?:0|[1-9]\d*)$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? '';
  });
}

function latest(policy: FluxPolicy, texts: readonly string[]): ChosenTag {
  if ('semver' in policy) return latestVersion(policy.semver.range, texts);
  if ('numerical' in policy) return latestNumber(policy.numerical.order ?? 'asc', texts);
  const sorted = texts.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
  const tag = policy.alphabetical.order === 'desc' ? sorted[0] : sorted.at(-1);
  return tag === undefined ? { problem: 'there are none' } : { tag };
}

function latestVersion(range: string, tags: readonly string[]): ChosenTag {
  const allows: SemverRange | undefined = parseRange(range);
  if (allows === undefined) return { problem: `\`${range}\` is no range of versions` };
  let highest: SemverVersion | undefined;
  for (const tag of tags) {
    const version = versionOfTag(tag);
    if (version === undefined || !allows(version)) continue;
    if (highest === undefined || compareVersions(version, highest) > 0) highest = version;
  }
  return highest === undefined
    ? { problem: `none of them is in the range \`${range}\`` }
    : { tag: highest.original };
}

/** Of two that are the same number the later one, as Flux has it. */
function latestNumber(order: 'asc' | 'desc', texts: readonly string[]): ChosenTag {
  let chosen: { readonly text: string; readonly number: number } | undefined;
  for (const text of texts) {
    const number = goFloat(text);
    if (number === undefined) return { problem: `\`${text}\` is no number; narrow \`filterTags\`` };
    const isBehind =
      chosen !== undefined && (order === 'asc' ? number < chosen.number : number > chosen.number);
    if (!isBehind) chosen = { text, number };
  }
  return chosen === undefined ? { problem: 'there are none' } : { tag: chosen.text };
}

/** A number as Go reads it (strconv.ParseFloat), without hexadecimal ones and infinity. */
function goFloat(text: string): number | undefined {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
