/** As many faults of one kind at one place as are told, each for itself: more than anybody mends in one go. */
export const MOST_OF_ONE_KIND = 1000;

/** The first of some items, and how many more there are. */
export interface FirstOfMany<Item> {
  readonly first: readonly Item[];
  /** The first item that is left out; undefined when none is. */
  readonly next: Item | undefined;
  /** How many are left out. */
  readonly more: number;
}

/** Divides faults of one kind into those that are told, each for itself, and those that one finding counts. */
export function firstOfMany<Item>(items: readonly Item[]): FirstOfMany<Item> {
  const first = items.slice(0, MOST_OF_ONE_KIND);
  return { first, next: items[MOST_OF_ONE_KIND], more: items.length - first.length };
}
