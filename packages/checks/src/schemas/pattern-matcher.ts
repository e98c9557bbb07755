import { parsePattern, type Pattern } from './pattern-syntax.ts';

/** One place of an automaton: a character to be read, or ways on that read none. */
interface Place {
  readonly test?: (character: string) => boolean;
  readonly assert?: 'start' | 'end';
  next: readonly number[];
}

/** Where the automaton can be after some characters. */
interface State {
  readonly places: readonly number[];
  readonly isMatch: boolean;
  readonly isMatchAtEnd: boolean;
  readonly after: Map<string, State>;
}

const MAX_PLACES = 5000;
const MAX_STATES = 1000;
const MAX_TEXT = 65_536;

/**
 * A regular expression as Go understands it, matched in time linear in the text: patterns come from other people, and
 * JavaScript's own matcher can be made to run for years.
 */
export class PatternMatcher {
  readonly #places: Place[] = [];
  readonly #entry: number;
  readonly #states = new Map<string, State>();

  constructor(source: string) {
    const accept = this.#add({ next: [] });
    this.#entry = this.#build(parsePattern(source), accept);
  }

  /** Whether some part of the text matches; undefined for a text too long to say. */
  matches(text: string): boolean | undefined {
    if (text.length > MAX_TEXT) return undefined;
    let state = this.#state([this.#entry], true);
    for (const character of text) {
      if (state.isMatch) return true;
      let after = state.after.get(character);
      if (after === undefined) {
        after = this.#after(state, character);
        state.after.set(character, after);
      }
      state = after;
    }
    return state.isMatch || state.isMatchAtEnd;
  }

  #after(state: State, character: string): State {
    const next = state.places.flatMap((at) => {
      const { test, next } = this.#places[at] ?? { next: [] };
      return test?.(character) === true ? next : [];
    });
    return this.#state([...next, this.#entry], false);
  }

  #state(from: readonly number[], atStart: boolean): State {
    const reached = this.#reach(from, atStart, false);
    const key = `${String(atStart)} ${reached.join()}`;
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    if (this.#states.size > MAX_STATES) this.#states.clear();
    const state: State = {
      places: reached.filter((at) => this.#places[at]?.test !== undefined),
      isMatch: reached.includes(0),
      isMatchAtEnd: this.#reach(from, atStart, true).includes(0),
      after: new Map(),
    };
    this.#states.set(key, state);
    return state;
  }

  /** All places that can be reached without reading. */
  #reach(from: readonly number[], atStart: boolean, atEnd: boolean): number[] {
    const reached = new Set<number>();
    const open = [...from];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (reached.has(at)) continue;
      reached.add(at);
      const { test, assert, next } = this.#places[at] ?? { next: [] };
      const holds = assert === undefined || (assert === 'start' ? atStart : atEnd);
      if (test === undefined && holds) open.push(...next);
    }
    return [...reached].toSorted((left, right) => left - right);
  }

  #add(place: Place): number {
    if (this.#places.length >= MAX_PLACES) throw new SyntaxError('too large');
    return this.#places.push(place) - 1;
  }

  /** The entry of the places for a pattern that lead on to `exit`. */
  #build(pattern: Pattern, exit: number): number {
    switch (pattern.kind) {
      case 'character':
        return this.#add({ test: pattern.test, next: [exit] });
      case 'start':
      case 'end':
        return this.#add({ assert: pattern.kind, next: [exit] });
      case 'sequence':
        return pattern.parts.reduceRight((next, part) => this.#build(part, next), exit);
      case 'choice':
        return this.#add({ next: pattern.parts.map((part) => this.#build(part, exit)) });
      case 'repeat':
        return this.#repeat(pattern.part, pattern, exit);
    }
  }

  #repeat(part: Pattern, { min, max }: { readonly min: number; readonly max: number }, exit: number): number {
    let entry = exit;
    if (max === Infinity) {
      const loop: Place = { next: [] };
      entry = this.#add(loop);
      loop.next = [this.#build(part, entry), exit];
    } else {
      for (let more = min; more < max; more++) entry = this.#add({ next: [this.#build(part, entry), exit] });
    }
    for (let times = 0; times < min; times++) entry = this.#build(part, entry);
    return entry;
  }
}

const MATCHERS = new Map<string, PatternMatcher | undefined>();

/** Whether a text matches a pattern; undefined where the pattern is none, or cannot be judged here. */
export function matchesPattern(source: string, text: string): boolean | undefined {
  if (!MATCHERS.has(source)) MATCHERS.set(source, matcherOf(source));
  return MATCHERS.get(source)?.matches(text);
}

function matcherOf(source: string): PatternMatcher | undefined {
  try {
    return new PatternMatcher(source);
  } catch {
    return undefined;
  }
}
