import { WebService } from '@strake/components';
import { Application, defineOperations, render, type Trait } from '@strake/core';
import { expect, test } from 'vitest';
import { autoscale } from './autoscale.ts';
import { jsonPatch, type JsonPatchProperties } from './json-patch.ts';
import { mergePatch } from './merge-patch.ts';
import { replicas } from './replicas.ts';
import { resources } from './resources.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', {
    image: 'ghcr.io/acme/web:1.0.0',
    ports: { http: 8080, admin: 9090 },
    args: ['--serve', '--verbose'],
  });
}

type Operations = JsonPatchProperties['patches'][number]['patch'];

function shopWith(...traits: Trait<'pods' | 'scalable' | 'exposed'>[]) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(...traits))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const manifests = applications[0]?.manifests ?? [];
  const find = (kind: string) => manifests.find(({ object }) => object.kind === kind);
  return {
    findings,
    deployment: find('Deployment'),
    service: find('Service'),
    budget: find('PodDisruptionBudget'),
  };
}

const reason = 'only a patch can say it';
const patched = (patch: Operations, kind = 'Deployment') =>
  jsonPatch({ reason, patches: [{ target: { kind }, patch }] });
const CONTAINER = '/spec/template/spec/containers/0';

test('does every operation of RFC 6902, one after the other', () => {
  const { findings, deployment } = shopWith(
    patched([
      { op: 'test', path: `${CONTAINER}/image`, value: 'ghcr.io/acme/web:1.0.0' },
      { op: 'add', path: `${CONTAINER}/args/-`, value: '--last' },
      { op: 'add', path: `${CONTAINER}/args/0`, value: '--first' },
      { op: 'remove', path: `${CONTAINER}/args/2` },
      { op: 'replace', path: `${CONTAINER}/image`, value: 'ghcr.io/acme/web:2.0.0' },
      { op: 'copy', from: '/metadata/name', path: '/metadata/labels/acme.dev~1name' },
      { op: 'move', from: `${CONTAINER}/ports/1`, path: `${CONTAINER}/ports/0` },
    ]),
  );
  expect(findings).toEqual([]);
  expect(deployment?.object.metadata.labels).toMatchObject({ 'acme.dev/name': 'web' });
  expect(deployment?.object['spec']).toMatchObject({
    template: {
      spec: {
        containers: [
          {
            image: 'ghcr.io/acme/web:2.0.0',
            args: ['--first', '--serve', '--last'],
            ports: [{ name: 'admin' }, { name: 'http' }],
          },
        ],
      },
    },
  });
});

test('stands above other traits, wherever it is attached', () => {
  const patch = patched([{ op: 'replace', path: '/spec/replicas', value: 7 }]);
  for (const traits of [
    [patch, replicas({ count: 2 })],
    [replicas({ count: 2 }), patch],
  ]) {
    const { findings, deployment } = shopWith(...traits);
    expect(findings).toEqual([]);
    expect(deployment?.object['spec']).toMatchObject({ replicas: 7 });
  }
});

test('takes back what another trait left to a controller', () => {
  const { findings, deployment } = shopWith(
    resources({ requests: { cpu: '100m' } }),
    autoscale({ max: 3 }),
    patched([{ op: 'add', path: '/spec/replicas', value: 2 }]),
  );
  expect(findings).toEqual([]);
  expect(deployment?.object['spec']).toMatchObject({ replicas: 2 });
  expect(deployment?.delegations).toEqual([]);
});

test('patches what other traits make', () => {
  const autoscaler = patched(
    [{ op: 'replace', path: '/spec/maxReplicas', value: 9 }],
    'HorizontalPodAutoscaler',
  );
  const traits = [autoscaler, resources({ requests: { cpu: '100m' } }), autoscale({ max: 3 })];
  expect(shopWith(...traits).findings).toEqual([]);
});

test.each<[string, Operations, string]>([
  [
    'a place that is missing',
    [{ op: 'replace', path: '/spec/pause', value: 1 }],
    '`replace` at `/spec/pause`',
  ],
  [
    'an index after the end',
    [{ op: 'add', path: `${CONTAINER}/args/3`, value: 'a' }],
    `\`add\` at \`${CONTAINER}/args/3\``,
  ],
  [
    'an index that is none',
    [{ op: 'remove', path: `${CONTAINER}/args/01` }],
    `\`remove\` at \`${CONTAINER}/args/01\``,
  ],
  ['a parent that is missing', [{ op: 'add', path: '/status/ready', value: 1 }], '`add` at `/status/ready`'],
  [
    'a move into itself',
    [{ op: 'move', from: '/spec', path: '/spec/a' }],
    '`move` from `/spec` at `/spec/a`',
  ],
  ['a test that does not hold', [{ op: 'test', path: '/kind', value: 'Pod' }], '`test` at `/kind`'],
  ['what every object has', [{ op: 'remove', path: '/spec/constructor' }], '`remove` at `/spec/constructor`'],
])('names %s and does nothing of the patch', (_, operations, said) => {
  const { findings, deployment } = shopWith(
    patched([{ op: 'add', path: '/spec/paused', value: true }, ...operations]),
  );
  expect(findings).toMatchObject([
    { code: 'patch-unfit', written: `\`jsonPatch\` of Deployment \`web\`: ${said} cannot be done` },
  ]);
  expect(deployment?.object['spec']).not.toHaveProperty('paused');
});

test('refuses to make another object of it', () => {
  for (const path of ['/metadata/name', '/metadata/namespace', '/kind', '/apiVersion', '']) {
    const { findings } = shopWith(patched([{ op: 'replace', path, value: 'other' }]));
    expect(findings).toMatchObject([
      { code: 'patch-unfit', written: '`jsonPatch` makes another object of Deployment `web`' },
    ]);
  }
});

test('names an object that the component does not have, and those that it has', () => {
  const { findings } = shopWith(patched([{ op: 'remove', path: '/spec' }], 'Ingress'));
  expect(findings).toMatchObject([
    {
      code: 'reference-unknown',
      written: '`jsonPatch` is for the object `Ingress`',
      allowed: 'Service `web`, Deployment `web`',
    },
  ]);
});

test('two patches of different types that contradict each other are a conflict', () => {
  const { findings } = shopWith(
    patched([{ op: 'add', path: '/spec/minReadySeconds', value: 5 }]),
    mergePatch({
      reason,
      patches: [{ target: { kind: 'Deployment' }, patch: { spec: { minReadySeconds: 6 } } }],
    }),
  );
  expect(findings).toMatchObject([{ code: 'conflict' }]);
});

test('asks for a reason', () => {
  const { findings } = shopWith(jsonPatch({ reason: ' ', patches: [] }));
  expect(findings.map(({ written }) => written)).toEqual([
    '`patches` of `jsonPatch` is []',
    '`reason` of `jsonPatch` is " "',
  ]);
});
