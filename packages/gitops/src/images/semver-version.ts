/** A version as Flux reads it from a tag (github.com/Masterminds/semver/v3: Version). */
export interface SemverVersion {
  /** The text that it was read from. */
  readonly original: string;
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  /** Without the leading `-`; empty for a release. */
  readonly prerelease: string;
}

const LOOSE =
  /^v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
const LARGEST = 2n ** 64n - 1n;

/** A version with one to three parts; undefined for what is none. Numbers may begin with zeros. */
export function parseVersion(text: string): SemverVersion | undefined {
  const [match, major, minor = '0', patch = '0', prerelease = ''] = LOOSE.exec(text) ?? [];
  if (match === undefined || major === undefined) return undefined;
  if (prerelease.split('.').some((part) => /^0[0-9]+$/.test(part))) return undefined;
  const version = {
    original: text,
    major: BigInt(major),
    minor: BigInt(minor),
    patch: BigInt(patch),
    prerelease,
  };
  return [version.major, version.minor, version.patch].some((part) => part > LARGEST) ? undefined : version;
}

/** The version that a tag names; Flux passes by tags without two dots (github.com/fluxcd/pkg/version). */
export function versionOfTag(tag: string): SemverVersion | undefined {
  return tag.split('.', 3).length === 3 ? parseVersion(tag) : undefined;
}

/** Negative when the left version is lower, positive when it is higher. */
export function compareVersions(left: SemverVersion, right: SemverVersion): number {
  return (
    compare(left.major, right.major) ||
    compare(left.minor, right.minor) ||
    compare(left.patch, right.patch) ||
    comparePrereleases(left.prerelease, right.prerelease)
  );
}

/** A release is higher than all of its prereleases. */
function comparePrereleases(left: string, right: string): number {
  if (left === '' || right === '') return compare(left === '' ? 1 : 0, right === '' ? 1 : 0);
  return comparePrereleaseParts(left, right);
}

/** Part by part; a missing part is lower than any, a number lower than any text. */
export function comparePrereleaseParts(left: string, right: string): number {
  const [lefts, rights] = [left.split('.'), right.split('.')];
  for (let index = 0; index < Math.max(lefts.length, rights.length); index++) {
    const order = comparePart(lefts[index] ?? '', rights[index] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function comparePart(left: string, right: string): number {
  if (left === right) return 0;
  if (left === '' || right === '') return left === '' ? -1 : 1;
  const [leftNumber, rightNumber] = [numberIn(left), numberIn(right)];
  if (leftNumber === undefined && rightNumber === undefined) return left > right ? 1 : -1;
  if (leftNumber === undefined) return 1;
  if (rightNumber === undefined) return -1;
  return leftNumber > rightNumber ? 1 : -1;
}

function numberIn(part: string): bigint | undefined {
  if (!/^[0-9]+$/.test(part)) return undefined;
  const number = BigInt(part);
  return number > LARGEST ? undefined : number;
}

function compare<Value extends bigint | number>(left: Value, right: Value): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
