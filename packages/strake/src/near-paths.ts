import { nearest, pathText } from '@strake/core/tools';

/** What stands where a path leads to, as far as it leads. */
export interface NearPaths {
  /** The path that was most likely meant. */
  readonly likely: string | undefined;
  /** The part of the path at which something stands; empty for the whole object. */
  readonly reached: string;
  /** What stands below that part. */
  readonly below: readonly string[];
}

/** What a path that leads nowhere may have meant, among the paths of all values of an object. */
export function nearPaths(path: string, values: readonly string[]): NearPaths {
  const all = new Map(
    values.flatMap((value) => prefixes(stepsOf(value))).map((steps) => [pathText(steps), steps]),
  );
  const wanted = stepsOf(path);
  const reached = prefixes(wanted).findLast((steps) => all.has(pathText(steps))) ?? [];
  const below = [...all.values()]
    .filter((steps) => steps.length === reached.length + 1 && startsWith(steps, reached))
    .map((steps) => steps.at(-1) ?? '');
  const next = nearest(wanted[reached.length] ?? '', below);
  const corrected =
    next === undefined ? undefined : pathText([...reached, next, ...wanted.slice(reached.length + 1)]);
  const shorter = next === undefined ? undefined : pathText([...reached, next]);
  const likely =
    [corrected, endingWith(wanted, all), shorter].find((each) => each !== undefined && all.has(each)) ??
    nearest(pathText(wanted), [...all.keys()]);
  return { likely, reached: pathText(reached), below };
}

/** A path as values have it: `containers[web]` is `containers.web`. */
export function plainPath(path: string): string {
  return pathText(stepsOf(path));
}

/** The shortest path that ends as the wanted one: for who left the beginning out. */
function endingWith(
  wanted: readonly string[],
  all: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const [shortest] = [...all.values()]
    .filter((steps) => wanted.every((step, index) => steps.at(index - wanted.length) === step))
    .toSorted((left, right) => left.length - right.length);
  return shortest && pathText(shortest);
}

function startsWith(steps: readonly string[], first: readonly string[]): boolean {
  return first.every((step, index) => steps[index] === step);
}

function prefixes(steps: readonly string[]): (readonly string[])[] {
  return steps.map((_, index) => steps.slice(0, index + 1));
}

function stepsOf(path: string): string[] {
  return [...path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, within, plain = '']) => within ?? plain);
}
