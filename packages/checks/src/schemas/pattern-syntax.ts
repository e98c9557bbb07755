/** A part of a regular expression. */
export type Pattern =
  | { readonly kind: 'character'; readonly test: (character: string) => boolean }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly min: number; readonly max: number }
  | { readonly kind: 'start' | 'end' };

type Test = (character: string) => boolean;

const CLASSES: Readonly<Record<string, RegExp>> = { d: /[0-9]/, w: /[0-9A-Za-z_]/, s: /[\t\n\f\r ]/ };
const NAMED: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  lower: /[a-z]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t\n\v\f\r ]/,
  upper: /[A-Z]/,
  word: /[0-9A-Za-z_]/,
  xdigit: /[0-9A-Fa-f]/,
};
const CONTROLS: Readonly<Record<string, string>> = {
  a: '\u0007',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
const MAX_REPEAT = 1000;

/** Reads a regular expression in Go's syntax (RE2); throws where it is none, or has what is not read here. */
export function parsePattern(source: string): Pattern {
  return new PatternParser(source).whole();
}

class PatternParser {
  readonly #characters: readonly string[];
  #at = 0;
  #depth = 0;
  #ignoreCase = false;
  #dotAll = false;

  constructor(source: string) {
    this.#characters = Array.from(source);
  }

  whole(): Pattern {
    const pattern = this.#choice();
    if (this.#at < this.#characters.length) throw new SyntaxError('unexpected )');
    return pattern;
  }

  #choice(): Pattern {
    if (++this.#depth > 200) throw new SyntaxError('nested too deep');
    const parts = [this.#sequence()];
    while (this.#take('|')) parts.push(this.#sequence());
    this.#depth--;
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'choice', parts };
  }

  #sequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.#at < this.#characters.length && !['|', ')'].includes(this.#peek())) {
      const part = this.#atom();
      if (part !== undefined) parts.push(this.#repeated(part));
    }
    return { kind: 'sequence', parts };
  }

  #repeated(part: Pattern): Pattern {
    const bounds = this.#bounds();
    if (bounds === undefined) return part;
    this.#take('?');
    const [min, max] = bounds;
    if (min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT))
      throw new SyntaxError('repeated too often');
    return this.#repeated({ kind: 'repeat', part, min, max });
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#take('*')) return [0, Infinity];
    if (this.#take('+')) return [1, Infinity];
    if (this.#take('?')) return [0, 1];
    const found = /^\{(\d+)(,?)(\d*)\}/.exec(this.#characters.slice(this.#at, this.#at + 12).join(''));
    if (found === null) return undefined;
    this.#at += found[0].length;
    const min = Number(found[1]);
    if (found[2] === '') return [min, min];
    return [min, found[3] === '' ? Infinity : Number(found[3])];
  }

  #atom(): Pattern | undefined {
    const character = this.#next();
    if (character === '^') return { kind: 'start' };
    if (character === '$') return { kind: 'end' };
    if (character === '(') return this.#group();
    if (character === '[') return this.#character(this.#set());
    if (character === '.') {
      const dotAll = this.#dotAll;
      return { kind: 'character', test: (each) => dotAll || each !== '\n' };
    }
    if (character !== '\\') {
      if ('*+?'.includes(character)) throw new SyntaxError(`nothing to repeat before ${character}`);
      return this.#character((each) => each === character);
    }
    if (this.#take('A')) return { kind: 'start' };
    if (this.#take('z')) return { kind: 'end' };
    return this.#character(this.#escape());
  }

  /** A group, or flags that hold from here on. */
  #group(): Pattern | undefined {
    const flags = this.#flags();
    if (flags === 'from here on') return undefined;
    const before = [this.#ignoreCase, this.#dotAll] as const;
    if (flags !== undefined) this.#setFlags(flags);
    const inner = this.#choice();
    [this.#ignoreCase, this.#dotAll] = before;
    if (!this.#take(')')) throw new SyntaxError('missing )');
    return inner;
  }

  #flags(): string | undefined {
    if (!this.#take('?')) return undefined;
    const rest = this.#characters.slice(this.#at, this.#at + 80).join('');
    const found = /^(?:P?<\w+>|([is]*)(:|\)))/.exec(rest);
    if (found === null) throw new SyntaxError('unknown group');
    this.#at += found[0].length;
    if (found[2] !== ')') return found[1] ?? '';
    this.#setFlags(found[1] ?? '');
    return 'from here on';
  }

  #setFlags(flags: string): void {
    if (flags.includes('i')) this.#ignoreCase = true;
    if (flags.includes('s')) this.#dotAll = true;
  }

  #set(): Test {
    const negated = this.#take('^');
    const tests: Test[] = [];
    for (let first = true; first || this.#peek() !== ']'; first = false) tests.push(this.#member());
    this.#at++;
    return (each) => tests.some((test) => test(each)) !== negated;
  }

  #member(): Test {
    const named = /^\[:(\^?)(\w+):\]/.exec(this.#characters.slice(this.#at, this.#at + 12).join(''));
    if (named?.[2] !== undefined) {
      const members = NAMED[named[2]];
      if (members === undefined) throw new SyntaxError(`unknown class ${named[2]}`);
      this.#at += named[0].length;
      return (each) => members.test(each) !== (named[1] === '^');
    }
    const low = this.#limit();
    if (typeof low !== 'string') return low;
    if (this.#peek() !== '-' || this.#characters[this.#at + 1] === ']') return (each) => each === low;
    this.#at++;
    const high = this.#limit();
    if (typeof high !== 'string') throw new SyntaxError('bad range');
    const [from, to] = [low.codePointAt(0) ?? 0, high.codePointAt(0) ?? 0];
    return (each) => {
      const code = each.codePointAt(0) ?? 0;
      return code >= from && code <= to;
    };
  }

  #limit(): string | Test {
    const character = this.#next();
    if (character !== '\\') return character;
    const next = this.#peek();
    return /[dwspDWSP]/.test(next) ? this.#escape() : this.#escaped();
  }

  #escape(): Test {
    const next = this.#peek();
    const members = CLASSES[next.toLowerCase()];
    if (members !== undefined) {
      this.#at++;
      return (each) => members.test(each) === (next === next.toLowerCase());
    }
    if (next.toLowerCase() === 'p') return this.#category();
    const character = this.#escaped();
    return (each) => each === character;
  }

  #category(): Test {
    const found = /^([pP])(?:\{(\^?)(\w+)\}|(\w))/.exec(
      this.#characters.slice(this.#at, this.#at + 40).join(''),
    );
    if (found === null) throw new SyntaxError('bad category');
    this.#at += found[0].length;
    const name = found[3] ?? found[4] ?? '';
    const members = new RegExp(`^${/^\w{1,2}$/.test(name) ? `\\p{${name}}` : `\\p{Script=${name}}`}$`, 'u');
    const negated = (found[1] === 'P') !== (found[2] === '^');
    return (each) => members.test(each) !== negated;
  }

  #escaped(): string {
    const character = this.#next();
    const control = CONTROLS[character];
    if (control !== undefined) return control;
    if (character === 'x') {
      const found = /^(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))/.exec(
        this.#characters.slice(this.#at, this.#at + 8).join(''),
      );
      if (found === null) throw new SyntaxError('bad code');
      this.#at += found[0].length;
      return String.fromCodePoint(Number.parseInt(found[1] ?? found[2] ?? '', 16));
    }
    if (/[0-9A-Za-z]/.test(character)) throw new SyntaxError(`unknown \\${character}`);
    return character;
  }

  #character(test: Test): Pattern {
    if (!this.#ignoreCase) return { kind: 'character', test };
    return { kind: 'character', test: (each) => test(each.toLowerCase()) || test(each.toUpperCase()) };
  }

  #peek(): string {
    return this.#characters[this.#at] ?? '';
  }

  #next(): string {
    const character = this.#characters[this.#at++];
    if (character === undefined) throw new SyntaxError('ends too early');
    return character;
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }
}
