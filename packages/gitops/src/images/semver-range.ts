import {
  comparePrereleaseParts,
  compareVersions,
  parseVersion,
  type SemverVersion,
} from './semver-version.ts';

/** Versions that a range lets through. */
export type SemverRange = (version: SemverVersion) => boolean;

/** One comparison: `>=1.4.x`. */
interface Constraint {
  readonly operator: string;
  readonly version: SemverVersion;
  /** Which part was left out or written as `x`: nothing is compared from there on. */
  readonly open: 'major' | 'minor' | 'patch' | 'none';
}

// Both come from github.com/Masterminds/semver/v3: constraints.go, with the `|` that its character class lets through.
const VERSION = String.raw`v?(?:[0-9|xX*]+)(?:\.[0-9|xX*]+)?(?:\.[0-9|xX*]+)?(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?`;
const OPERATOR = String.raw`(?:|=|!=|>|<|>=|=>|<=|=<|~|~>|\^)`;
// JavaScript takes the first alternative that fits, as Go's FindAll does, so that the empty operator must come last.
const FOUND_OPERATOR = String.raw`(?:!=|>=|=>|<=|=<|~>|=|>|<|~|\^|)`;
const GROUP = new RegExp(`^ ?${OPERATOR} ?${VERSION}(?:[ ,]${OPERATOR} ?${VERSION})* ?$`);
const CONSTRAINT = new RegExp(`${FOUND_OPERATOR} ?${VERSION}`, 'g');
const HYPHEN = new RegExp(` ?(${VERSION}) - (${VERSION}) ?`, 'g');
const PARTS = new RegExp(
  String.raw`^ ?(${FOUND_OPERATOR}) ?v?([0-9|xX*]+)(?:\.([0-9|xX*]+))?(?:\.([0-9|xX*]+))?(-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)? ?$`,
);
const LONGEST = 512;
const MOST_GROUPS = 32;

/**
 * A range as Flux reads it, which is not as npm does: a prerelease is let through only by a range that names one, and then
 * by its order alone. Undefined for what Flux refuses.
 */
export function parseRange(range: string): SemverRange | undefined {
  if (range.length > LONGEST) return undefined;
  const groups = evenlySpaced(evenlySpaced(range).replaceAll(HYPHEN, '>= $1, <= $2 ')).split('||');
  if (groups.length > MOST_GROUPS) return undefined;
  const parsed = groups.map(parseGroup);
  const known = parsed.filter((group) => group !== undefined);
  if (known.length < parsed.length) return undefined;
  return (version) => known.some((allows) => allows(version));
}

/** With one space where some are, and none about a comma, no text takes long to be refused. */
function evenlySpaced(range: string): string {
  return range.replaceAll(/[\t\n\f\r ]+/g, ' ').replaceAll(/ ?, ?/g, ',');
}

function parseGroup(group: string): SemverRange | undefined {
  if (!GROUP.test(group)) return undefined;
  const constraints = (group.match(CONSTRAINT) ?? [group]).map(parseConstraint);
  const known = constraints.filter((constraint) => constraint !== undefined);
  if (known.length < constraints.length) return undefined;
  const hasPrerelease = known.some(({ version }) => version.prerelease !== '');
  return (version) =>
    (version.prerelease === '' || hasPrerelease) && known.every((constraint) => allows(constraint, version));
}

function parseConstraint(text: string): Constraint | undefined {
  const [match, operator = '', major = '', minor, patch, prerelease = ''] = PARTS.exec(text) ?? [];
  if (match === undefined) return undefined;
  const open = isOpen(major) ? 'major' : isOpen(minor) ? 'minor' : isOpen(patch) ? 'patch' : 'none';
  const numbers = {
    major: '0.0.0',
    minor: `${major}.0.0`,
    patch: `${major}.${minor}.0`,
    none: `${major}.${minor}.${patch}`,
  };
  const version = parseVersion(numbers[open] + prerelease);
  return version && { operator, version, open };
}

function isOpen(part: string | undefined): boolean {
  return part === undefined || part === 'x' || part === 'X' || part === '*';
}

function allows(constraint: Constraint, version: SemverVersion): boolean {
  const order = compareVersions(version, constraint.version);
  switch (constraint.operator) {
    case '':
    case '=':
      return constraint.open === 'none' ? order === 0 : isAbout(constraint, version);
    case '~':
    case '~>':
      return isAbout(constraint, version);
    case '^':
      return isCompatible(constraint, version);
    case '!=':
      return isOther(constraint, version);
    case '>':
      return isAbove(constraint, version);
    case '<':
      return order < 0;
    case '<=':
    case '=<':
      return isAtMost(constraint, version);
    default:
      return order >= 0;
  }
}

function isAbout({ version: least, open }: Constraint, version: SemverVersion): boolean {
  if (compareVersions(version, least) < 0) return false;
  const isZero = least.major === 0n && least.minor === 0n && least.patch === 0n;
  if (isZero && open !== 'minor' && open !== 'patch') return true;
  return version.major === least.major && (version.minor === least.minor || open === 'minor');
}

function isCompatible({ version: least, open }: Constraint, version: SemverVersion): boolean {
  if (compareVersions(version, least) < 0) return false;
  if (least.major > 0n || open === 'minor') return version.major === least.major;
  if (version.major > 0n) return false;
  if (least.minor > 0n || open === 'patch') return version.minor === least.minor;
  return version.minor === 0n && version.patch === least.patch;
}

function isOther({ version: other, open }: Constraint, version: SemverVersion): boolean {
  if (open === 'none') return compareVersions(version, other) !== 0;
  if (version.major !== other.major) return true;
  if (open === 'minor') return false;
  if (version.minor !== other.minor) return true;
  if (open === 'major') return version.patch !== other.patch || compareVersions(version, other) !== 0;
  const isPrerelease = version.prerelease !== '' || other.prerelease !== '';
  return isPrerelease && comparePrereleaseParts(version.prerelease, other.prerelease) !== 0;
}

function isAbove({ version: bound, open }: Constraint, version: SemverVersion): boolean {
  if (open === 'none' || open === 'major') return compareVersions(version, bound) > 0;
  if (version.major !== bound.major) return version.major > bound.major;
  return open === 'patch' && version.minor > bound.minor;
}

function isAtMost({ version: bound, open }: Constraint, version: SemverVersion): boolean {
  if (open === 'none') return compareVersions(version, bound) <= 0;
  if (version.major !== bound.major) return version.major < bound.major;
  return open === 'minor' || version.minor <= bound.minor;
}
