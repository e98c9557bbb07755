import { isJsonArray, isJsonObject, type JsonValue } from '@strake/core';
import type { Invariant } from '../invariant.ts';
import { mapAt, textAt, valueAt } from '../json-at.ts';

/** What a controller decides at run time is not written. */
export const delegatedFieldIsAbsent: Invariant = {
  name: 'delegated-field-is-absent',
  summary: 'Nobody writes a field that a controller owns at run time.',
  check(model, report) {
    for (const at of model.objects) {
      for (const { steps, to } of at.manifest?.delegations ?? []) {
        if (standsAt(at.object, steps))
          report({ at, path: steps.join('.'), written: `is written, and was left to ${to}` });
      }
    }
    for (const at of model.of(...Object.keys(SCALED))) {
      const [field = ''] = SCALED[at.object.kind] ?? [];
      const { kind = 'Deployment', name } = mapAt(at.object, 'spec', field) ?? {};
      if (at.manifest === undefined || typeof name !== 'string' || typeof kind !== 'string') continue;
      const target = model.find(kind, name, at.namespace);
      if (target?.manifest === undefined || valueAt(target.object, 'spec', 'replicas') === undefined)
        continue;
      report({
        at: target,
        path: 'spec.replicas',
        written: `is written, and ${at.object.kind}/${name} decides it`,
      });
    }
  },
};

/** Kinds that decide a number of pods, and where they name whose. */
const SCALED: Readonly<Record<string, readonly [string]>> = {
  HorizontalPodAutoscaler: ['scaleTargetRef'],
  ScaledObject: ['scaleTargetRef'],
  Canary: ['targetRef'],
};

function standsAt(value: JsonValue | undefined, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return value !== undefined;
  if (isJsonObject(value)) return standsAt(value[step], rest);
  if (!isJsonArray(value)) return false;
  return value.some((each) => isJsonObject(each) && each['name'] === step && standsAt(each, rest));
}

/** What a controller makes is not made a second time: the two would be undone and done again without end. */
export const takenOverObjectIsAbsent: Invariant = {
  name: 'taken-over-object-is-absent',
  summary:
    'No object is written that a controller makes under the same name, and no workload has two scalers.',
  check(model, report) {
    for (const made of model.objects) {
      if (made.manifest !== undefined) continue;
      const { kind, metadata } = made.object;
      const rival = model
        .of(kind)
        .find(
          ({ object, namespace, manifest }) =>
            manifest !== undefined && namespace === made.namespace && object.metadata.name === metadata.name,
        );
      if (rival !== undefined) report({ at: rival, written: 'is written, and Flagger makes it' });
    }
    const scaled = new Map<string, string>();
    for (const at of model.of('HorizontalPodAutoscaler', 'ScaledObject')) {
      const target = mapAt(at.object, 'spec', 'scaleTargetRef');
      const key = `${at.namespace}/${textAt(target, 'kind') ?? 'Deployment'}/${textAt(target, 'name')}`;
      const known = scaled.get(key);
      if (known !== undefined)
        report({ at, path: 'spec.scaleTargetRef', written: `is scaled by ${known} already` });
      scaled.set(key, `${at.object.kind}/${at.object.metadata.name}`);
    }
  },
};
