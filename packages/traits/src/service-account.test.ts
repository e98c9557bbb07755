import { WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { serviceAccount, type ServiceAccountProperties } from './service-account.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: ServiceAccountProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(serviceAccount(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const ofKind = ({ objects }: ReturnType<typeof shopWith>, wanted: string) =>
  objects.filter(({ kind }) => kind === wanted);
const podSpec = (spec: object) => ({ template: { spec } });

test('gives pods an identity without a token where nothing is allowed', () => {
  const shop = shopWith({ annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/web' } });
  expect(shop.findings).toEqual([]);
  expect(shop.spec).toMatchObject(
    podSpec({ serviceAccountName: 'web', automountServiceAccountToken: false }),
  );
  expect(ofKind(shop, 'ServiceAccount')).toMatchObject([
    { metadata: { name: 'web', annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/web' } } },
  ]);
  expect(ofKind(shop, 'Role')).toEqual([]);
});

test('allows what the rules say in the namespace', () => {
  const shop = shopWith({
    rules: [
      { verbs: ['get', 'watch'], resources: ['configmaps'], resourceNames: ['settings'] },
      { verbs: ['patch'], apiGroups: ['apps'], resources: ['deployments'] },
    ],
  });
  expect(shop.findings).toEqual([]);
  expect(shop.spec).toMatchObject(podSpec({ automountServiceAccountToken: true }));
  expect(ofKind(shop, 'Role')).toMatchObject([
    {
      metadata: { name: 'web', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'web' } },
      rules: [
        { verbs: ['get', 'watch'], apiGroups: [''], resources: ['configmaps'], resourceNames: ['settings'] },
        { verbs: ['patch'], apiGroups: ['apps'], resources: ['deployments'] },
      ],
    },
  ]);
  expect(ofKind(shop, 'RoleBinding')).toMatchObject([
    {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'web' },
      subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }],
    },
  ]);
});

test('reaches beyond the namespace only where that is allowed', () => {
  const clusterRules = [
    { verbs: ['list'], resources: ['nodes'] },
    { verbs: ['get'], nonResourceURLs: ['/metrics'] },
  ];
  expect(shopWith({ clusterRules }).findings).toMatchObject([
    { code: 'property-invalid', allowed: 'true beside `clusterRules`, which reach beyond the namespace' },
  ]);
  const shop = shopWith({ clusterRules, allowClusterRules: true });
  expect(shop.findings).toEqual([]);
  const [role] = ofKind(shop, 'ClusterRole');
  expect(role).toMatchObject({
    metadata: { name: 'shop.web' },
    rules: [
      { verbs: ['list'], apiGroups: [''], resources: ['nodes'] },
      { verbs: ['get'], nonResourceURLs: ['/metrics'] },
    ],
  });
  expect(role?.metadata.namespace).toBeUndefined();
  expect(ofKind(shop, 'ClusterRoleBinding')).toMatchObject([
    { roleRef: { kind: 'ClusterRole', name: 'shop.web' } },
  ]);
});

test('uses a service account that exists', () => {
  const shop = shopWith({ name: 'builder', create: false });
  expect(shop.findings).toEqual([]);
  expect(shop.spec).toMatchObject(
    podSpec({ serviceAccountName: 'builder', automountServiceAccountToken: true }),
  );
  expect(ofKind(shop, 'ServiceAccount')).toEqual([]);
  expect(shopWith({ create: false }).findings).toMatchObject([{ code: 'property-invalid' }]);
});

test('warns of rules that allow whatever there is', () => {
  expect(shopWith({ rules: [{ verbs: ['get'], resources: ['*'] }] }).findings).toMatchObject([
    { severity: 'warning', written: '`*` in a rule of `serviceAccount` for get' },
  ]);
});
