import type { JsonValue, RuleTarget } from '@strake/core';
import type { NamedReference } from './missing-reference.ts';
import { podsOf } from './pods.ts';
import { mapsAt, textAt, valueAt } from './reading.ts';

/** What the four places are called in which a pod names a ConfigMap or a Secret. */
export interface ReferenceFields {
  readonly env: string;
  readonly envFrom: string;
  readonly volume: string;
  /** Where the name stands in a volume. */
  readonly volumeName: string;
  readonly projected: string;
}

export const CONFIG_MAP: ReferenceFields = {
  env: 'configMapKeyRef',
  envFrom: 'configMapRef',
  volume: 'configMap',
  volumeName: 'name',
  projected: 'configMap',
};

export const SECRET: ReferenceFields = {
  env: 'secretKeyRef',
  envFrom: 'secretRef',
  volume: 'secret',
  volumeName: 'secretName',
  projected: 'secret',
};

/** The ConfigMaps or Secrets that pods cannot start without, each once for an object. */
export function* referencesOfPods(target: RuleTarget, fields: ReferenceFields): Generator<NamedReference> {
  for (const { object, spec, containers } of podsOf(target)) {
    const found: (string | undefined)[] = [];
    for (const { value } of containers) {
      for (const each of mapsAt(value, 'env')) found.push(needed(valueAt(each, 'valueFrom', fields.env)));
      for (const each of mapsAt(value, 'envFrom')) found.push(needed(valueAt(each, fields.envFrom)));
    }
    for (const volume of mapsAt(spec, 'volumes')) {
      found.push(needed(valueAt(volume, fields.volume), fields.volumeName));
      for (const source of mapsAt(volume, 'projected', 'sources'))
        found.push(needed(valueAt(source, fields.projected)));
    }
    for (const name of new Set(found)) if (name !== undefined) yield { at: object, name };
  }
}

function needed(reference: JsonValue | undefined, field = 'name'): string | undefined {
  return valueAt(reference, 'optional') === true ? undefined : textAt(reference, field);
}
