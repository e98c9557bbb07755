import { WebService } from '@strake/components';
import { Application, defineOperations, Platform, render } from '@strake/core';
import { expect, test } from 'vitest';
import {
  containerSecurityContext,
  type ContainerSecurityContextProperties,
} from './container-security-context.ts';
import { initContainer } from './init-container.ts';
import { podSecurityContext } from './pod-security-context.ts';
import { sidecar } from './sidecar.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: ContainerSecurityContextProperties) {
  const operations = [
    defineOperations(Shop, (shop) => void shop.web.attach(containerSecurityContext(properties))),
  ];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const RESTRICTED = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
  capabilities: { drop: ['ALL'] },
};
const written = (securityContext: object) => ({
  template: { spec: { containers: [{ name: 'web', securityContext }] } },
});

test('gives the container all that the standard restricted asks for, in one word', () => {
  const { findings, spec } = shopWith({ preset: 'restricted' });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(written(RESTRICTED));
});

test('sets single fields', () => {
  const capabilities = { add: ['NET_BIND_SERVICE'], drop: ['ALL'] };
  const { findings, spec } = shopWith({ runAsUser: 1000, readOnlyRootFilesystem: true, capabilities });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(written({ runAsUser: 1000, readOnlyRootFilesystem: true, capabilities }));
  expect(JSON.stringify(spec)).not.toContain('allowPrivilegeEscalation');
});

test('restricts sidecars and init containers too, and gives single fields to the component alone', () => {
  class Crowded extends Application {
    readonly web = new WebService(this, 'web', { image: 'a:1', ports: { http: 8080 } }).attach(
      sidecar({ containers: { proxy: { image: 'b:1' } } }),
      initContainer({ containers: { migrate: { image: 'c:1' } } }),
      containerSecurityContext({ preset: 'restricted', runAsUser: 1000 }),
    );
  }
  const platform = new Platform('acme', { environments: { new: {}, old: { kubernetes: '1.28' } } });
  const { applications } = render({ project: 'shop', platform, applications: { shop: Crowded } });
  const [current, old] = applications.map(
    ({ manifests }) => manifests.find(({ object }) => object.kind === 'Deployment')?.object['spec'],
  );
  const own = { name: 'web', securityContext: { ...RESTRICTED, runAsUser: 1000 } };
  const proxy = { name: 'proxy', securityContext: RESTRICTED };
  const migrate = { name: 'migrate', securityContext: RESTRICTED };
  expect(current).toMatchObject({
    template: { spec: { containers: [own], initContainers: [proxy, migrate] } },
  });
  expect(old).toMatchObject({ template: { spec: { containers: [own, proxy], initContainers: [migrate] } } });
  expect(JSON.stringify([current, old]).match(/"runAsUser"/g)).toHaveLength(2);
});

test('names a pod that runs containers with the user that they must not have', () => {
  class Rooted extends Application {
    readonly web = new WebService(this, 'web', { image: 'a:1', ports: { http: 8080 } }).attach(
      podSecurityContext({ runAsUser: 0 }),
      containerSecurityContext({ preset: 'restricted' }),
    );
  }
  expect(render({ project: 'shop', applications: { shop: Rooted } }).findings).toMatchObject([
    { code: 'property-invalid', severity: 'error', path: 'shop/web' },
  ]);
});

test('warns of privileged containers', () => {
  expect(shopWith({ privileged: true }).findings).toMatchObject([{ severity: 'warning', path: 'shop/web' }]);
});

test.each<ContainerSecurityContextProperties>([
  { preset: 'restricted', privileged: true },
  { preset: 'restricted', runAsUser: 0 },
  { preset: 'restricted', capabilities: { add: ['NET_ADMIN'] } },
  { preset: 'restricted', capabilities: { drop: ['CHOWN'] } },
  { preset: 'restricted', seccompProfile: { type: 'Unconfined' } },
  { runAsUser: 0, runAsNonRoot: true },
  { privileged: true, allowPrivilegeEscalation: false },
  {},
])('rejects %o', (properties) => {
  expect(shopWith(properties).findings).toMatchObject([{ code: 'property-invalid', severity: 'error' }]);
});
