import { isJsonObject, type JsonValue } from '@strake/core';
import { parse } from 'yaml';

/** The fields of a map that was read from a file. */
export type Fields = Readonly<Record<string, JsonValue | undefined>>;

/** A value at the top of a file of Strake's. */
export function topLevel(text: string, key: string): string | undefined {
  return new RegExp(`^${key}: (\\S+)$`, 'm').exec(text)?.[1];
}

/** The lines of a field of `spec`, as they stand in the text. */
export function blockOf(text: string, field: string): string | undefined {
  return new RegExp(`^ {2}${field}:.*\\n(?: {3}.*\\n|\\n)*`, 'm').exec(text)?.[0];
}

/** The object in a file; undefined where it holds none, for a file that was edited by hand may hold anything. */
export function objectOf(text: string): Fields | undefined {
  try {
    const value: JsonValue = parse(text, { maxAliasCount: 100, logLevel: 'silent' });
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A field of an object that is a map. */
export function mapOf(object: Fields | undefined, field: string): Fields {
  const value = object?.[field];
  return isJsonObject(value) ? value : {};
}

/** A value that is a text; nothing of any other. */
export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
