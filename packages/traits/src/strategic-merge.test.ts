import { WebService } from '@strake/components';
import { Application, defineOperations, render, type JsonObject, type Trait } from '@strake/core';
import { expect, test } from 'vitest';
import { mergePatch } from './merge-patch.ts';
import { sidecar } from './sidecar.ts';
import { strategicMerge } from './strategic-merge.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', {
    image: 'ghcr.io/acme/web:1.0.0',
    ports: { http: 8080 },
    args: ['--serve'],
    env: { LEVEL: 'info', MODE: 'slow' },
  });
}

function deploymentWith(...traits: Trait<'pods' | 'scalable' | 'exposed'>[]) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(...traits))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const manifest = applications[0]?.manifests.find(({ object }) => object.kind === 'Deployment');
  return { findings, object: manifest?.object };
}

const agent = sidecar({ containers: { agent: { image: 'ghcr.io/acme/agent:1.0.0' } } });
const reason = 'only a patch can say it';
const pod = (spec: JsonObject) => ({ spec: { template: { spec } } });
const strategic = (patch: JsonObject) =>
  strategicMerge({ reason, patches: [{ target: { kind: 'Deployment' }, patch }] });
const merge = (patch: JsonObject) =>
  mergePatch({ reason, patches: [{ target: { kind: 'Deployment' }, patch }] });

test('a strategic merge finds containers and variables by their name, and adds new ones', () => {
  const { findings, object } = deploymentWith(
    agent,
    strategic(
      pod({
        containers: [
          { name: 'web', tty: true, args: ['--new'], env: [{ name: 'LEVEL', value: 'debug' }] },
          { name: 'extra', image: 'ghcr.io/acme/extra:1.0.0', args: ['a'] },
        ],
      }),
    ),
  );
  expect(findings).toEqual([]);
  expect(object).toMatchObject(
    pod({
      containers: [
        {
          name: 'web',
          tty: true,
          args: ['--new'],
          env: [
            { name: 'LEVEL', value: 'debug' },
            { name: 'MODE', value: 'slow' },
          ],
        },
        { name: 'extra', args: ['a'] },
      ],
    }),
  );
});

test('a strategic merge removes by null and by directives', () => {
  const { findings, object } = deploymentWith(
    agent,
    strategic(
      pod({
        containers: [
          {
            name: 'web',
            args: null,
            env: [{ $patch: 'replace' }, { name: 'ONLY', value: 'this' }],
          },
        ],
        initContainers: [{ name: 'agent', $patch: 'delete' }],
      }),
    ),
  );
  expect(findings).toEqual([]);
  const container = { name: 'web', env: [{ name: 'ONLY', value: 'this' }] };
  expect(object).toMatchObject(pod({ containers: [container] }));
  expect(JSON.stringify(object)).not.toMatch(/args|agent/);
});

test('a strategic merge names a directive that it does not know', () => {
  const { findings } = deploymentWith(strategic({ spec: { '$setElementOrder/containers': [] } }));
  expect(findings).toMatchObject([
    { code: 'patch-unfit', written: expect.stringContaining('`$setElementOrder/containers`') },
  ]);
});

test('a merge patch replaces lists and removes by null', () => {
  const { findings, object } = deploymentWith(
    agent,
    merge({
      metadata: { labels: { 'app.kubernetes.io/part-of': null } },
      ...pod({ containers: [{ name: 'web', image: 'ghcr.io/acme/web:2.0.0' }] }),
    }),
  );
  expect(findings).toEqual([]);
  expect(object?.metadata.labels).not.toHaveProperty(['app.kubernetes.io/part-of']);
  expect(object?.['spec']).toMatchObject({
    template: { spec: { containers: [{ name: 'web', image: 'ghcr.io/acme/web:2.0.0' }] } },
  });
});

test('patches of one trait are done one after the other', () => {
  const target = { kind: 'Deployment' };
  const patches = [
    { target, patch: { spec: { minReadySeconds: 5, paused: true } } },
    { target, patch: { spec: { minReadySeconds: 6 } } },
  ];
  const { object } = deploymentWith(mergePatch({ reason, patches }));
  expect(object?.['spec']).toMatchObject({ minReadySeconds: 6, paused: true });
});
