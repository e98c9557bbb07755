import { WebService } from '@strake/components';
import { Application, defineOperations, Platform, render } from '@strake/core';
import { expect, test } from 'vitest';
import { podSecurityContext, type PodSecurityContextProperties } from './pod-security-context.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: PodSecurityContextProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(podSecurityContext(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const written = (spec: object) => ({ template: { spec } });

test('says as whom processes run and who owns volumes', () => {
  const { findings, spec } = shopWith({
    runAsUser: 1000,
    runAsNonRoot: true,
    fsGroup: 2000,
    fsGroupChangePolicy: 'OnRootMismatch',
    supplementalGroups: [3000],
    seccompProfile: { type: 'Localhost', localhostProfile: 'cart.json' },
    sysctls: { 'net.ipv4.ip_local_port_range': '1024 65535' },
  });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(
    written({
      securityContext: {
        runAsUser: 1000,
        runAsNonRoot: true,
        fsGroup: 2000,
        fsGroupChangePolicy: 'OnRootMismatch',
        supplementalGroups: [3000],
        seccompProfile: { type: 'Localhost', localhostProfile: 'cart.json' },
        sysctls: [{ name: 'net.ipv4.ip_local_port_range', value: '1024 65535' }],
      },
    }),
  );
});

test('rejects what contradicts itself', () => {
  for (const properties of [
    { runAsUser: 0, runAsNonRoot: true },
    { fsGroupChangePolicy: 'Always' },
    { seccompProfile: { type: 'Localhost' } },
    {},
  ] as const) {
    expect(shopWith(properties).findings, JSON.stringify(properties)).toMatchObject([
      { code: 'property-invalid' },
    ]);
  }
});

test('names a Kubernetes that does not know AppArmor profiles', () => {
  const operations = [
    defineOperations(
      Shop,
      (shop) => void shop.web.attach(podSecurityContext({ appArmorProfile: { type: 'RuntimeDefault' } })),
    ),
  ];
  const platform = new Platform('acme', {
    environments: { old: { kubernetes: '1.29' }, new: { kubernetes: '1.30' } },
  });
  const { findings } = render({ project: 'shop', platform, applications: { shop: Shop }, operations });
  expect(findings).toMatchObject([
    { environments: ['old'], allowed: expect.stringContaining('Kubernetes 1.30') },
  ]);
});
