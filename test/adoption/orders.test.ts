import { isJsonObject, type JsonObject } from '@strake/core';
import { expect, test } from 'vitest';
import { adoptedOrders } from './adopted.ts';
import { adoptionDifferences } from './differences.ts';
import { countedKinds, METADATA_ONLY } from './objects.ts';

const { running, rendered } = adoptedOrders();
const { findings, objects } = rendered;

test('takes over an application that was written by hand with a change of metadata only', () => {
  expect(findings).toEqual([]);
  const differences = adoptionDifferences(running, objects);
  expect(differences.filter((each) => !METADATA_ONLY.test(each))).toEqual([]);
  expect(countedKinds(running)).toEqual({
    ConfigMap: 1,
    CronJob: 1,
    DaemonSet: 1,
    Deployment: 2,
    PersistentVolumeClaim: 1,
    Service: 3,
    ServiceAccount: 1,
    StatefulSet: 1,
  });
  expect(countedKinds(objects)).toEqual(countedKinds(running));
});

test('leaves every label and every annotation of what runs where it is', () => {
  const differences = adoptionDifferences(running, objects);
  expect(differences.filter((each) => !each.startsWith('+ '))).toEqual([]);
});

test('a difference of one value in what runs is seen', () => {
  const changed = objects.map((each) => altered(each));
  expect(adoptionDifferences(running, changed).filter((each) => !METADATA_ONLY.test(each))).toEqual([
    '~ StatefulSet/orders-db spec.serviceName',
  ]);
});

function altered(object: JsonObject): JsonObject {
  const { kind, spec } = object;
  if (kind !== 'StatefulSet' || !isJsonObject(spec)) return object;
  return { ...object, spec: { ...spec, serviceName: 'orders-db' } };
}
