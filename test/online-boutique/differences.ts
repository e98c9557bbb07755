import { readFileSync } from 'node:fs';
import { isJsonArray, isJsonObject, sameJson, type JsonObject, type JsonValue } from '@strake/core';
import { parse } from 'yaml';
import * as z from 'zod';

const listSchema = z.array(
  z.strictObject({
    kind: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
    why: z.string().min(20),
    where: z.array(z.string().regex(/^[-+~] \S+( \S.*)?$/)).min(1),
  }),
);

/** Kinds of difference, why each is there, and at which places: `+ Deployment/* spec.replicas`. */
export type DifferenceList = z.output<typeof listSchema>;

export function readDifferenceList(file: string): DifferenceList {
  return listSchema.parse(parse(readFileSync(file, 'utf8')));
}

/**
 * Where two sets of objects differ: `+` only the second has it, `-` only the first, `~` both, with other values. A policy
 * counts as one value: what it allows is compared as traffic.
 */
export function differences(first: readonly JsonObject[], second: readonly JsonObject[]): string[] {
  const [before, after] = [leavesByObject(first), leavesByObject(second)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((object) => {
    const [old, now] = [before.get(object), after.get(object)];
    if (old === undefined) return [`+ ${object}`];
    if (now === undefined) return [`- ${object}`];
    return changes(old, now).map(({ sign, place }) => `${sign} ${object} ${place}`);
  });
}

/** Where two relations differ, in the same words. */
export function trafficDifferences(first: ReadonlySet<string>, second: ReadonlySet<string>): string[] {
  return [
    ...[...first].filter((each) => !second.has(each)).map((each) => `- Traffic ${each}`),
    ...[...second].filter((each) => !first.has(each)).map((each) => `+ Traffic ${each}`),
  ];
}

/** What is wrong with a list: differences that it does not have, or has twice, and places where nothing differs. */
export function wrongWith(list: DifferenceList, found: readonly string[]): string[] {
  const places = list.flatMap(({ kind, where }) =>
    where.map((place) => ({ kind, place, at: pattern(place) })),
  );
  const counted = found.map((each) => ({ each, count: places.filter(({ at }) => at.test(each)).length }));
  return [
    ...counted.filter(({ count }) => count === 0).map(({ each }) => `not listed: ${each}`),
    ...counted.filter(({ count }) => count > 1).map(({ each }) => `listed twice: ${each}`),
    ...places
      .filter(({ at }) => !found.some((each) => at.test(each)))
      .map(({ kind, place }) => `nothing differs there: ${kind}: ${place}`),
  ];
}

/** A star stands for anything within the object's name, or within the path. */
function pattern(place: string): RegExp {
  const [, sign = '', object = '', path] = /^(.) (\S+)(?: (.*))?$/.exec(place) ?? [];
  const [objects, paths] = [
    escaped(object).replaceAll('\\*', '\\S*'),
    escaped(path ?? '').replaceAll('\\*', '.*'),
  ];
  return new RegExp(`^${escaped(sign)} ${objects}${path === undefined ? '' : ` ${paths}`}$`);
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}-]/g, '\\$&');
}

type Leaves = ReadonlyMap<string, JsonValue>;

function changes(old: Leaves, now: Leaves) {
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((place) => {
    const [was, is] = [old.get(place), now.get(place)];
    if (was === undefined) return [{ sign: '+', place }];
    if (is === undefined) return [{ sign: '-', place }];
    return sameJson(was, is) ? [] : [{ sign: '~', place }];
  });
}

const identity = z.object({ kind: z.string(), metadata: z.object({ name: z.string() }) });

function leavesByObject(objects: readonly JsonObject[]): Map<string, Leaves> {
  return new Map(
    objects.map((object) => {
      const { kind, metadata } = identity.parse(object);
      const { spec = null } = object;
      const leaves = kind === 'NetworkPolicy' ? [['spec', spec] as const] : leavesOf(object, '');
      return [`${kind}/${metadata.name}`, new Map(leaves)];
    }),
  );
}

function leavesOf(value: JsonValue, path: string): (readonly [string, JsonValue])[] {
  if (isJsonArray(value) && value.length > 0)
    return value.flatMap((each, index) => leavesOf(each, `${path}[${keyOf(each, path) ?? index}]`));
  if (!isJsonObject(value) || Object.keys(value).length === 0) return [[path, value]];
  return Object.entries(value).flatMap(([key, each]) => {
    if (each === undefined) return [];
    const step = /[./]/.test(key) ? `[${key}]` : `.${key}`;
    return leavesOf(each, path === '' ? key : `${path}${step}`);
  });
}

/** By what an element of a list is known: ports by number, since upstream names few; the one container by its place. */
function keyOf(element: JsonValue, path: string): string | undefined {
  if (!isJsonObject(element) || path.endsWith('.containers')) return undefined;
  const key = element['containerPort'] ?? element['port'] ?? element['name'];
  return typeof key === 'string' || typeof key === 'number' ? String(key) : undefined;
}
