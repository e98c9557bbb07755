import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatefulService, WebService, Worker } from '@strake/components';
import { Application, render } from '@strake/core';
import { autoscale, replicas, resources } from '@strake/traits';
import { canary } from '@strake/traits/flagger';
import { scaledObject } from '@strake/traits/keda';
import { afterAll, expect, test } from 'vitest';
import { planOfFolder } from './deliver/rendered-folder.ts';
import { plan, type PlanOptions } from './plan.ts';
import { write, type WriteOptions } from './write.ts';

const work = mkdtempSync(join(tmpdir(), 'strake-count-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const requests = resources({ requests: { cpu: '100m' } });

function web(shop: Application) {
  return new WebService(shop, 'web', { image: 'web:1.4.2', ports: { http: 80 } }).attach(requests);
}

type Make = (shop: Application) => unknown;

const counted =
  (count: number): Make =>
  (shop) =>
    web(shop).attach(replicas({ count }));
const scaled: Make = (shop) => web(shop).attach(autoscale({ min: 2, max: 9, cpu: 80 }));
const plain: Make = (shop) => web(shop);
const queued: Make = (shop) =>
  web(shop).attach(
    scaledObject({
      maxReplicaCount: 9,
      triggers: [{ type: 'rabbitmq', metadata: { queueName: 'mails', mode: 'QueueLength', value: 5 } }],
    }),
  );
const canaried: Make = (shop) => web(shop).attach(canary({ stepWeight: 10, maxWeight: 50 }));
const stateful =
  (trait: ReturnType<typeof replicas | typeof autoscale>): Make =>
  (shop) =>
    new StatefulService(shop, 'redis', {
      image: 'redis:7.4.1',
      ports: { redis: 6379 },
      storage: { path: '/data', size: '1Gi' },
    }).attach(requests, trait);

function planned(make: Make, options?: PlanOptions) {
  class Shop extends Application {
    constructor(...given: ConstructorParameters<typeof Application>) {
      super(...given);
      make(this);
    }
  }
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop } });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  return plan('shop', applications, options);
}

let folders = 0;

/** The findings about counts of a second write, after a first one. */
function changed(first: Make, second: Make, options?: WriteOptions) {
  const folder = join(work, String((folders += 1)));
  write(planned(first), folder);
  const { findings } = write(planned(second), folder, options);
  return findings.filter(({ code }) => code === 'replicas-dropped');
}

test.each<[string, Make, Make, string | undefined]>([
  ['an autoscaler', counted(4), scaled, 'HorizontalPodAutoscaler'],
  [
    'an autoscaler of a StatefulSet',
    stateful(replicas({ count: 2 })),
    stateful(autoscale({ max: 3 })),
    'HorizontalPodAutoscaler',
  ],
  ['KEDA', counted(4), queued, 'KEDA'],
  ['a canary', counted(4), canaried, 'Flagger'],
  ['an autoscaler, where one pod ran', counted(1), scaled, undefined],
  ['an autoscaler, where no count was written', plain, scaled, undefined],
  ['an autoscaler from another one', scaled, queued, undefined],
  ['nobody', counted(4), plain, undefined],
  ['a count', scaled, counted(4), undefined],
  ['another count', counted(4), counted(2), undefined],
])('a count that is handed to %s', (_, first, second, to) => {
  const written = expect.stringContaining(`, since ${to} decides it; until that acts, one pod runs`);
  const expected = (severity: string) =>
    to === undefined ? [] : [{ code: 'replicas-dropped', severity, written }];
  expect(changed(first, second)).toMatchObject(expected('error'));
  expect(changed(first, second, { force: true })).toMatchObject(expected('warning'));
});

test('says by which command the count stays, and names the line of the autoscaler', () => {
  const folder = join(work, 'command');
  write(planned(counted(4)), folder);
  const { findings } = write(planned(scaled, { traced: true }), folder);
  const lines = readFileSync(import.meta.filename, 'utf8').split('\n');
  const line = lines.findIndex((each) => each.includes('attach(autoscale({ min: 2')) + 1;
  expect(findings).toEqual([
    expect.objectContaining({
      path: 'shop/web',
      object: 'Deployment/web',
      environments: ['default'],
      sources: [expect.objectContaining({ line })],
      written:
        'Deployment `web`: `spec.replicas` from 4 to nothing, since HorizontalPodAutoscaler decides it; ' +
        'until that acts, one pod runs',
      fix:
        'Run `echo \'{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop"},' +
        '"spec":{"replicas":4}}\' | kubectl apply --server-side --field-manager=autoscaler -f -` ' +
        'in the cluster once, then `synth` or `deliver` with `--force`.',
    }),
  ]);
  expect(write(planned(scaled), folder, { force: true }).findings).toHaveLength(1);
  expect(write(planned(scaled), folder).findings).toEqual([]);
});

test.each<[string, Make]>([
  ['HorizontalPodAutoscaler', scaled],
  ['ScaledObject', queued],
  ['Canary', canaried],
])('a folder that another run has rendered has the %s that takes the count', (kind, make) => {
  const [rendered, folder] = [join(work, `rendered-${kind}`), join(work, `folder-${kind}`)];
  const beside: Make = (shop) => [
    counted(4)(shop),
    new Worker(shop, 'mailer', { image: 'mailer:1' }).attach(replicas({ count: 3 })),
  ];
  const then: Make = (shop) => [make(shop), new Worker(shop, 'mailer', { image: 'mailer:1' })];
  write(planned(beside), folder);
  write(planned(then), rendered);
  const { findings } = write(planOfFolder(rendered), folder);
  expect(findings.filter(({ code }) => code === 'replicas-dropped')).toMatchObject([
    { object: 'Deployment/web', written: expect.stringContaining(`since ${kind} decides it`) },
  ]);
});
