import type { JsonObject, JsonValue } from '@strake/core';
import { hasLineBreak, isShortKey, orderedKeys } from './emit-keys.ts';
import { plainKey, plainScalar } from './emit-known.ts';
import { isComment, isLiteral, literal, misleadsKyaml } from './emit-literal.ts';
import { isPlain } from './emit-plain.ts';
import { describe, pointerTo, unwritable } from './emit-pointer.ts';
import { hasLoneSurrogate, quoted } from './emit-quoted.ts';

/** Line comments, such as image markers, by the JSON pointer (RFC 6901) of the scalar they follow. */
export type Comments = ReadonlyMap<string, string>;

const MAX_DEPTH = 512;
const newlines: string[] = [];

/**
 * One Kubernetes object, or any plain JSON map, as YAML.
 *
 * Every parser of YAML 1.1 and 1.2 reads the same values back, and kyaml, with which Flux updates the images of
 * a file that has markers, leaves its bytes as they are. Throws a TypeError that names the value YAML cannot hold.
 */
export function emit(object: JsonObject, comments?: Comments): string {
  return new Emitter(comments).document(object);
}

/** One walk. The depth of a value is the length of its path and the indentation of its entries. */
class Emitter {
  // Stryker disable next-line ArrayDeclaration: each entry is set before it is read
  readonly #path: (string | number)[] = [];
  readonly #comments: Map<string, string> | undefined;
  #yaml = '';
  // Stryker disable next-line ObjectLiteral,StringLiteral: read only when there was a literal
  #lastLiteral = { start: 0, text: '' };

  constructor(comments: Comments | undefined) {
    this.#comments = comments === undefined || comments.size === 0 ? undefined : new Map(comments);
  }

  document(object: JsonObject): string {
    this.#value(object, 0, '');
    for (const pointer of this.#comments?.keys() ?? []) {
      throw new TypeError(`cannot write a comment on ${JSON.stringify(pointer)}: no scalar is there`);
    }
    return `${this.#withoutBlankEnd()}\n`;
  }

  /** `lead` is what stands between the key, or the dash, of a list or map and its first entry. */
  #value(value: JsonValue | undefined, depth: number, lead: string): void {
    if (typeof value !== 'object' || value === null) {
      this.#scalar(value, depth);
    } else if (depth > MAX_DEPTH) {
      throw this.#unwritable(`it is over ${MAX_DEPTH} levels deep, or a cycle`, depth);
    } else if (isList(value)) {
      this.#list(value, depth, lead);
    } else if (isPlainMap(value)) {
      this.#map(value, depth, lead);
    } else {
      throw this.#unwritable(`it is ${describe(value)}, not a plain map`, depth);
    }
  }

  #map(map: JsonObject, depth: number, lead: string): void {
    let isEmpty = true;
    for (const key of orderedKeys(map)) {
      const value = map[key];
      if (value === undefined) continue;
      this.#path[depth] = key;
      this.#yaml += isEmpty ? lead : newline(depth);
      this.#entry(key, value, depth);
      isEmpty = false;
    }
    if (isEmpty) this.#yaml += depth === 0 ? '{}' : ' {}';
  }

  #entry(key: string, value: JsonValue, depth: number): void {
    const plain = plainKey(key);
    const text = plain ?? (isPlain(key) ? key : this.#quoted(key, depth + 1));
    if (plain !== undefined || (isShortKey(key) && !hasLineBreak(key))) {
      this.#yaml += plain ?? `${text}:`;
      this.#value(value, depth + 1, newline(depth + 1));
    } else {
      // go-yaml puts the value of such a key on a line of its own.
      this.#yaml += `? ${text}${newline(depth)}:`;
      this.#value(value, depth + 1, ' ');
    }
  }

  #list(list: readonly JsonValue[], depth: number, lead: string): void {
    if (list.length === 0) this.#yaml += ' []';
    for (let index = 0; index < list.length; index++) {
      this.#path[depth] = index;
      this.#yaml += index === 0 ? `${lead}-` : `${newline(depth)}-`;
      this.#value(list[index], depth + 1, ' ');
    }
  }

  #scalar(value: string | number | boolean | null | undefined, depth: number): void {
    const comment = this.#comments === undefined ? undefined : this.#takeComment(depth);
    if (typeof value === 'string') this.#text(value, depth, comment !== undefined);
    else if (value === null || typeof value === 'boolean') this.#yaml += ` ${value}`;
    else if (Number.isFinite(value)) this.#yaml += ` ${value}`;
    else throw this.#unwritable(`it is ${describe(value)}`, depth);
    if (comment !== undefined) this.#yaml += ` # ${comment}`;
  }

  #text(text: string, depth: number, isCommented: boolean): void {
    const plain = isCommented ? undefined : plainScalar(text);
    if (plain !== undefined) {
      this.#yaml += plain;
    } else if (!isCommented && this.#isLiteral(text)) {
      this.#lastLiteral = { start: this.#yaml.length, text };
      this.#yaml += ` ${literal(text, newline(depth))}`;
    } else {
      this.#yaml += ` ${this.#quoted(text, depth)}`;
    }
  }

  #isLiteral(text: string): boolean {
    return isLiteral(text) && (this.#comments === undefined || !misleadsKyaml(text, this.#yaml));
  }

  #takeComment(depth: number): string | undefined {
    const pointer = pointerTo(this.#path.slice(0, depth));
    // Stryker disable OptionalChaining: asked only where there are comments
    const comment = this.#comments?.get(pointer);
    this.#comments?.delete(pointer);
    // Stryker restore OptionalChaining
    if (comment !== undefined && !isComment(comment)) {
      throw this.#unwritable('its comment is not one line of text', depth);
    }
    return comment;
  }

  /** Only a `|+` block leaves a line break at the end, where it would read as a blank line of the file. */
  #withoutBlankEnd(): string {
    if (!this.#yaml.endsWith('\n')) return this.#yaml;
    return `${this.#yaml.slice(0, this.#lastLiteral.start)} ${quoted(this.#lastLiteral.text)}`;
  }

  #quoted(text: string, depth: number): string {
    if (!hasLoneSurrogate(text)) return quoted(text);
    throw this.#unwritable('it has half a surrogate pair, which UTF-8 cannot hold', depth);
  }

  #unwritable(reason: string, depth: number): TypeError {
    return unwritable(this.#path.slice(0, depth), reason);
  }
}

function newline(depth: number): string {
  return (newlines[depth] ??= `\n${'  '.repeat(depth)}`);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isPlainMap(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}
