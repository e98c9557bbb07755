import { isJsonObject, type JsonObject, type JsonValue } from '@strake/core';
import type { NamedReference } from './missing-reference.ts';
import { oncePerTarget } from './once-per-target.ts';
import { podsOf, type PodsOfObject } from './pods.ts';
import { mapsAt, textAt, valueAt } from './reading.ts';

/** What pods cannot start without, each name once for an object. */
export interface ReferencesOfPods {
  readonly configMaps: readonly NamedReference[];
  readonly secrets: readonly NamedReference[];
}

/** The ConfigMaps and Secrets that an application's pods name. */
export const referencesOfPods = oncePerTarget((target): ReferencesOfPods => {
  const pods = podsOf(target).map((each) => ({ at: each.object, names: namesIn(each) }));
  const references = (kind: keyof Names) =>
    pods.flatMap(({ at, names }) => [...names[kind]].map((name) => ({ at, name })));
  return { configMaps: references('configMaps'), secrets: references('secrets') };
});

interface Names {
  readonly configMaps: Set<string>;
  readonly secrets: Set<string>;
}

function namesIn({ spec, containers }: PodsOfObject): Names {
  const names: Names = { configMaps: new Set(), secrets: new Set() };
  for (const { value, env } of containers) {
    for (const { valueFrom } of env) {
      if (!isJsonObject(valueFrom)) continue;
      addName(names.configMaps, valueFrom['configMapKeyRef']);
      addName(names.secrets, valueFrom['secretKeyRef']);
    }
    for (const { configMapRef, secretRef } of mapsAt(value, 'envFrom')) {
      addName(names.configMaps, configMapRef);
      addName(names.secrets, secretRef);
    }
  }
  for (const volume of mapsAt(spec, 'volumes')) addVolume(names, volume);
  return names;
}

function addVolume(names: Names, volume: JsonObject): void {
  addName(names.configMaps, volume['configMap']);
  addName(names.secrets, volume['secret'], 'secretName');
  for (const { configMap, secret } of mapsAt(volume, 'projected', 'sources')) {
    addName(names.configMaps, configMap);
    addName(names.secrets, secret);
  }
}

function addName(names: Set<string>, reference: JsonValue | undefined, field = 'name'): void {
  if (reference === undefined || valueAt(reference, 'optional') === true) return;
  const name = textAt(reference, field);
  if (name !== undefined) names.add(name);
}
