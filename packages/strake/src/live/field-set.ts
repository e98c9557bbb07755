import { isJsonArray, isJsonObject, listType, sameJson, type JsonObject, type JsonValue } from '@strake/core';

/** The fields of an object that one manager owns, as `metadata.managedFields[].fieldsV1` says it. */
export type FieldSet = JsonObject;

type Kind = { readonly apiVersion: string; readonly kind: string };

/** Whether a manager owns the place, or something below it, or a list or map around it that is owned as one. */
export function ownsAt(fields: FieldSet, kind: Kind, steps: readonly string[]): boolean {
  let at: JsonObject = fields;
  for (const [depth, step] of steps.entries()) {
    if (isWhole(at) && depth > 0) return true;
    const field = child(at, `f:${step}`);
    const next = field ?? elementOf(at, step, listType(kind, steps.slice(0, depth)).keyOf);
    // A list whose keys Strake does not know is one place.
    if (next === undefined) return Object.keys(at).some(isElement) && !isKnown(kind, steps.slice(0, depth));
    at = next;
  }
  return true;
}

/**
 * The places of a value that a manager owns, without those that hold others of its own. An element that it made itself
 * is one place.
 */
export function ownedPlaces(fields: FieldSet, kind: Kind, value: JsonValue): (readonly string[])[] {
  return placesAt(fields, { kind, value, steps: [] });
}

interface Place {
  readonly kind: Kind;
  readonly value: JsonValue;
  readonly steps: readonly string[];
}

function placesAt(fields: FieldSet, { kind, value, steps }: Place): (readonly string[])[] {
  const names = Object.keys(fields).filter((name) => name !== '.');
  if (names.length === 0 || names.some((name) => name.startsWith('v:'))) return [steps];
  return names.flatMap((name) => {
    const below = child(fields, name) ?? {};
    const part = name.startsWith('f:') ? partOf(value, name.slice(2)) : elementFor(value, name);
    if (part === undefined) return [];
    const step = name.startsWith('f:') ? name.slice(2) : listType(kind, steps).keyOf(part);
    if (step === undefined) return [];
    const place = { kind, value: part, steps: [...steps, step] };
    return isElement(name) && '.' in below ? [place.steps] : placesAt(below, place);
  });
}

function partOf(value: JsonValue, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function elementFor(value: JsonValue, name: string): JsonValue | undefined {
  const key = keyIn(name);
  if (!isJsonArray(value) || key === undefined) return undefined;
  return value.find((element) =>
    Object.keys(key).every((each) => sameJson(partOf(element, each), key[each])),
  );
}

function elementOf(fields: FieldSet, step: string, keyOf: (element: JsonValue) => string | undefined) {
  const name = Object.keys(fields).find((each) => {
    const key = keyIn(each);
    return key !== undefined && keyOf(key) === step;
  });
  return name === undefined ? undefined : child(fields, name);
}

function keyIn(name: string): JsonObject | undefined {
  if (!name.startsWith('k:')) return undefined;
  const key: JsonValue = JSON.parse(name.slice(2));
  return isJsonObject(key) ? key : undefined;
}

function child(fields: FieldSet, name: string): JsonObject | undefined {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return isJsonObject(value) ? value : undefined;
}

function isWhole(fields: FieldSet): boolean {
  return Object.keys(fields).every((name) => name === '.');
}

function isElement(name: string): boolean {
  return name.startsWith('k:') || name.startsWith('v:') || name.startsWith('i:');
}

function isKnown(kind: Kind, steps: readonly string[]): boolean {
  return listType(kind, steps).type === 'map';
}
