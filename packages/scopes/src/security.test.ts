import type { JsonObject } from '@strake/core';
import { expect, test } from 'vitest';
import { makes, rights, suppliedShop, writes } from '../../../test/supplied-shop.ts';
import { mesh } from './mesh.ts';
import { security } from './security.ts';

function container(securityContext: JsonObject) {
  return { spec: { template: { spec: { containers: [{ name: 'web', securityContext }] } } } } as const;
}

test('labels namespaces with the level, in the version of the environment', () => {
  const { findings, of } = suppliedShop([security({ enforce: 'baseline', warn: 'restricted' })]);
  expect(findings).toEqual([]);
  expect(of('Namespace')?.metadata.labels).toEqual({
    'app.kubernetes.io/managed-by': 'strake',
    'pod-security.kubernetes.io/enforce': 'baseline',
    'pod-security.kubernetes.io/enforce-version': 'v1.34',
    'pod-security.kubernetes.io/audit': 'baseline',
    'pod-security.kubernetes.io/audit-version': 'v1.34',
    'pod-security.kubernetes.io/warn': 'restricted',
    'pod-security.kubernetes.io/warn-version': 'v1.34',
  });
});

test('fills in what restricted pods need, where nobody said anything', () => {
  const { of } = suppliedShop([security()]);
  expect(of('Deployment', 'web')?.['spec']).toMatchObject({
    template: {
      spec: {
        automountServiceAccountToken: false,
        containers: [
          {
            name: 'web',
            securityContext: {
              runAsNonRoot: true,
              seccompProfile: { type: 'RuntimeDefault' },
              capabilities: { drop: ['ALL'] },
              allowPrivilegeEscalation: false,
            },
          },
        ],
      },
    },
  });
});

test('leaves alone what a pod says for its containers', () => {
  const value = { spec: { template: { spec: { securityContext: { runAsNonRoot: true } } } } };
  const { findings, of } = suppliedShop([security({ harden: ['runAsNonRoot'] })], ({ web }) =>
    web.attach(writes({ value })),
  );
  expect(findings).toEqual([]);
  expect(JSON.stringify(of('Deployment', 'web'))).not.toContain('"securityContext":{"runAsNonRoot":true}}]');
  expect(JSON.stringify(of('Deployment', 'jobs'))).toContain('"securityContext":{"runAsNonRoot":true}');
});

test.each<[string, Parameters<typeof container>[0], string]>([
  ['root', { runAsNonRoot: false }, 'runAsNonRoot: false'],
  ['the user 0', { runAsUser: 0 }, 'runAsUser: 0'],
  ['escalation', { allowPrivilegeEscalation: true }, 'allowPrivilegeEscalation: true'],
  ['all system calls', { seccompProfile: { type: 'Unconfined' } }, 'seccompProfile: {"type":"Unconfined"}'],
])('refuses %s without a reason, and lets it stand with one', (_, context, text) => {
  const value = container(context);
  const refused = suppliedShop([security()], ({ web }) => web.attach(writes({ value })));
  expect(refused.findings.map(({ code, path, written }) => [code, path, written])).toEqual([
    ['hardening-relaxed', 'shop/web', `the container \`web\` has \`${text}\`, written by \`writes\``],
  ]);
  const reasoned = suppliedShop([security()], ({ web }) =>
    web.attach(writes({ value, reason: 'old image' })),
  );
  expect(reasoned.findings).toEqual([]);
  expect(reasoned.of('Deployment', 'web')?.['spec']).toMatchObject(value.spec);
});

test('refuses a right without a reason, and takes all others', () => {
  const given = (reason?: string) =>
    suppliedShop([security()], ({ web }) => web.attach(rights({ add: ['NET_ADMIN'], reason })));
  expect(given().findings.map(({ code, written }) => [code, written])).toEqual([
    ['hardening-relaxed', 'the container `web` has `capabilities.add: ["NET_ADMIN"]`, written by `rights`'],
  ]);
  const { findings, of } = given('it routes');
  expect(findings).toEqual([]);
  expect(JSON.stringify(of('Deployment', 'web'))).toContain('{"add":["NET_ADMIN"],"drop":["ALL"]}');
});

test('does not forbid escalation to a privileged container, which Kubernetes refuses', () => {
  const value = container({ privileged: true });
  const { of, findings } = suppliedShop([security({ harden: ['allowPrivilegeEscalation'] })], ({ web }) =>
    web.attach(writes({ value, reason: 'it loads a module' })),
  );
  expect(findings).toEqual([]);
  expect(JSON.stringify(of('Deployment', 'web'))).not.toContain('allowPrivilegeEscalation');
});

test('leaves the token to a pod whose account has a role', () => {
  const value = {
    spec: { template: { spec: { serviceAccountName: 'web', automountServiceAccountToken: true } } },
  };
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'web' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'web' },
    subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }],
  };
  const bound = suppliedShop([security()], ({ web }) =>
    web.attach(writes({ value }), makes({ objects: [binding] })),
  );
  expect(bound.findings).toEqual([]);
  const unbound = suppliedShop([security()], ({ web }) => web.attach(writes({ value })));
  expect(unbound.findings.map(({ written }) => written)).toEqual([
    'the pod has `automountServiceAccountToken: true`, written by `writes`',
  ]);
});

test('refuses sidecars that need rights which the level forbids', () => {
  const codes = (...scopes: Parameters<typeof suppliedShop>[0]) =>
    suppliedShop(scopes).findings.map(({ code, severity }) => `${severity} ${code}`);
  expect(codes(security(), mesh())).toEqual(['error scope-conflict']);
  expect(codes(security({ enforce: 'baseline' }), mesh())).toEqual(['warning scope-conflict']);
  expect(codes(security(), mesh({ cni: true }))).toEqual([]);
  expect(codes(security(), mesh({ mode: 'ambient' }))).toEqual([]);
});
