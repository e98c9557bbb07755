import { isJsonArray, isJsonObject, sameJson, type JsonObject, type JsonValue } from '@strake/core';
import * as z from 'zod';

/**
 * Where objects that are rendered differ from those that run, element by element and in order: the pods of a template whose
 * lists have another order restart. What Kubernetes fills in where it is left out is filled in on both sides.
 */
export function adoptionDifferences(
  running: readonly JsonObject[],
  rendered: readonly JsonObject[],
): string[] {
  const [before, after] = [leavesByObject(running), leavesByObject(rendered)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((object) => {
    const [old, now] = [before.get(object), after.get(object)];
    if (old === undefined) return [`+ ${object}`];
    if (now === undefined) return [`- ${object}`];
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((place) => {
      const [was, is] = [old.get(place), now.get(place)];
      if (was === undefined) return [`+ ${object} ${place}`];
      if (is === undefined) return [`- ${object} ${place}`];
      return sameJson(was, is) ? [] : [`~ ${object} ${place}`];
    });
  });
}

const identity = z.object({ kind: z.string(), metadata: z.object({ name: z.string() }) });

function leavesByObject(objects: readonly JsonObject[]): Map<string, ReadonlyMap<string, JsonValue>> {
  return new Map(
    objects.map((object) => {
      const { kind, metadata } = identity.parse(object);
      return [`${kind}/${metadata.name}`, new Map(leavesOf(filledIn(object), ''))];
    }),
  );
}

function leavesOf(value: JsonValue, path: string): (readonly [string, JsonValue])[] {
  if (isJsonArray(value) && value.length > 0)
    return value.flatMap((each, index) => leavesOf(each, `${path}[${index}]`));
  if (!isJsonObject(value) || Object.keys(value).length === 0) return [[path, value]];
  return Object.entries(value).flatMap(([key, each]) => {
    if (each === undefined) return [];
    const step = /[./]/.test(key) ? `[${key}]` : `.${key}`;
    return leavesOf(each, path === '' ? key : `${path}${step}`);
  });
}

/** What Kubernetes fills in of the few fields that one side writes and the other leaves out (Kubernetes API: defaults). */
function filledIn(value: JsonValue, at: readonly string[] = []): JsonValue {
  if (isJsonArray(value)) return value.map((each) => filledIn(each, at));
  if (!isJsonObject(value)) return value;
  const own = Object.entries(value).map(([key, each]) => [
    key,
    each === undefined ? each : filledIn(each, [...at, key]),
  ]);
  return { ...DEFAULTS[at.slice(-2).join('.')], ...serviceDefaults(value, at), ...Object.fromEntries(own) };
}

const DEFAULTS: Readonly<Record<string, JsonObject>> = {
  'containers.ports': { protocol: 'TCP' },
  'spec.ports': { protocol: 'TCP' },
  'template.spec': { restartPolicy: 'Always' },
  'spec.volumeClaimTemplates': { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
};

function serviceDefaults(value: JsonObject, at: readonly string[]): JsonObject {
  const isService = at.length === 1 && isJsonArray(value['ports']);
  return isService ? { type: 'ClusterIP' } : {};
}
