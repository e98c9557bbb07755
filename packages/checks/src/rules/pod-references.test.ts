import { expect, test } from 'vitest';
import { passes, tripsOn } from '@strake/testing';
import { deployment, object } from '../../../../test/sample-objects.ts';
import { testRules } from '../../../../test/rule-samples.ts';
import {
  noMissingConfigMap,
  noMissingPvc,
  noMissingSecret,
  noMissingServiceAccount,
} from './pod-references.ts';
import { noMissingPv } from './storage.ts';

const usesSettings = deployment({ envFrom: [{ configMapRef: { name: 'settings' } }] });
const usesKey = deployment({
  env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: 'key', key: 'key' } } }],
});
const mounts = (volume: Record<string, string>) =>
  deployment({}, { pod: { volumes: [{ name: 'data', persistentVolumeClaim: volume }] } });

testRules([
  {
    rule: noMissingConfigMap,
    trips: [usesSettings, object('v1/ConfigMap', 'settings', {}, { namespace: 'elsewhere' })],
    written: 'Deployment `web`: ConfigMap `settings` is not in namespace `shop`',
    passes: [
      [usesSettings, object('v1/ConfigMap', 'settings', {})],
      [deployment({ envFrom: [{ configMapRef: { name: 'settings', optional: true } }] })],
      [deployment({}, { pod: { volumes: [{ name: 'ca', configMap: { name: 'kube-root-ca.crt' } }] } })],
    ],
  },
  {
    rule: noMissingSecret,
    trips: [usesKey, object('v1/ConfigMap', 'key', {})],
    written: 'Deployment `web`: Secret `key` is not in namespace `shop`',
    passes: [
      [usesKey, object('bitnami.com/v1alpha1/SealedSecret', 'key', {})],
      [usesKey, object('external-secrets.io/v1/ExternalSecret', 'vault', { target: { name: 'key' } })],
      [usesKey, object('cert-manager.io/v1/Certificate', 'web', { secretName: 'key' })],
    ],
  },
  {
    rule: noMissingServiceAccount,
    trips: [deployment({}, { pod: { serviceAccountName: 'web' } })],
    written: 'Deployment `web`: ServiceAccount `web` is not in namespace `shop`',
    passes: [
      [deployment({}, { pod: { serviceAccountName: 'web' } }), object('v1/ServiceAccount', 'web', {})],
      [deployment({}, { pod: { serviceAccountName: 'default' } })],
    ],
  },
  {
    rule: noMissingPvc,
    trips: [mounts({ claimName: 'data' })],
    written: 'Deployment `web`: PersistentVolumeClaim `data` is not in namespace `shop`',
    passes: [[mounts({ claimName: 'data' }), object('v1/PersistentVolumeClaim', 'data', {})]],
  },
  {
    rule: noMissingPv,
    trips: [object('v1/PersistentVolumeClaim', 'data', { volumeName: 'disk' })],
    written: 'PersistentVolumeClaim `data`: PersistentVolume `disk` is not in the cluster',
    passes: [
      [
        object('v1/PersistentVolumeClaim', 'data', { volumeName: 'disk' }),
        object('v1/PersistentVolume', 'disk', {}),
      ],
      [object('v1/PersistentVolumeClaim', 'data', {})],
    ],
  },
]);

test('what another application makes in the same namespace of the cluster is not missing', () => {
  const other = (cluster: string, namespace: string) => ({
    application: 'shared',
    environment: 'other',
    cluster,
    namespace,
    objects: [object('v1/ConfigMap', 'settings', {}, { namespace })],
  });
  const shop = { objects: [usesSettings], cluster: 'one' };
  expect(() => passes(noMissingConfigMap, shop, other('one', 'shop'))).not.toThrow();
  expect(tripsOn(noMissingConfigMap, shop, other('one', 'shared'))).toHaveLength(1);
  expect(tripsOn(noMissingConfigMap, shop, other('two', 'shop'))).toHaveLength(1);
});

test('a ConfigMap that a pod names in five ways is one finding', () => {
  const settings = { name: 'settings' };
  const pod = deployment(
    {
      env: [{ name: 'X', valueFrom: { configMapKeyRef: { ...settings, key: 'x' } } }],
      envFrom: [{ configMapRef: settings }],
    },
    { pod: { volumes: [{ configMap: settings }, { projected: { sources: [{ configMap: settings }] } }] } },
  );
  expect(tripsOn(noMissingConfigMap, [pod])).toHaveLength(1);
});
