import { WebService } from '@strake/components';
import { Application, render } from '@strake/core';
import { blueGreen, canary } from '@strake/traits/flagger';
import type { Construct } from 'constructs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type AnswerServer, startAnswerServer } from './answer-server.ts';
import { installCrds } from './crds.ts';
import { eventually } from './eventually.ts';
import { type Cluster, startCluster } from './harness.ts';
import { applyText, readObject } from './objects.ts';
import { isWarm } from './suite.ts';

const ISTIO = ['networking.istio.io'];

const phase = z.looseObject({ status: z.looseObject({ phase: z.string() }).optional() });
const deployment = z.looseObject({
  spec: z.looseObject({
    replicas: z.number(),
    selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()) }),
    template: z.looseObject({
      spec: z.looseObject({ containers: z.array(z.looseObject({ image: z.string() })) }),
    }),
  }),
  status: z.looseObject({ readyReplicas: z.number().optional() }),
});
const service = z.looseObject({ spec: z.looseObject({ selector: z.record(z.string(), z.string()) }) });
const destination = z.looseObject({ destination: z.looseObject({ host: z.string() }), weight: z.number() });
const virtualService = z.looseObject({
  spec: z.looseObject({ http: z.array(z.looseObject({ route: z.array(destination) })) }),
});

type Attach = (web: WebService) => unknown;

/** YAML of an application, also its namespace, whose one component has the trait. */
function rendered(namespace: string, version: string, attach: Attach): string {
  class Shop extends Application {
    constructor(parent: Construct, id: string) {
      super(parent, id);
      const image = `ghcr.io/acme/web:${version}`;
      attach(new WebService(this, 'web', { image, ports: { http: { port: 80, containerPort: 8080 } } }));
    }
  }
  const { applications, findings } = render({ project: 'shop', applications: { [namespace]: Shop } });
  expect(findings).toEqual([]);
  const objects = applications.flatMap(({ manifests }) => manifests.map(({ object }) => object));
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}

describe.runIf(isWarm('flagger', ['flagger'], ISTIO))('with Flagger', () => {
  let cluster: Cluster;
  let steps: Awaited<ReturnType<typeof journey>>;
  let swap: Awaited<ReturnType<typeof journey>>;
  let failing: Awaited<ReturnType<typeof journey>>;
  let tester: AnswerServer;
  const steady = { interval: '10s', stepWeights: [30, 60] };
  const once = { interval: '10s', iterations: 1 };

  beforeAll(async () => {
    tester = await startAnswerServer();
    cluster = await startCluster();
    await installCrds(cluster, ISTIO);
    await cluster.with(['flagger']);
    [steps, swap, failing] = await Promise.all([
      journey('steps', 'Succeeded', (web) => web.attach(canary({ ...steady, ...tested(200) }))),
      journey('swap', 'Succeeded', (web) => web.attach(blueGreen({ ...once, ...tested(200) }))),
      journey('failing', 'Failed', (web) => web.attach(canary({ ...steady, ...tested(500) }))),
    ]);
  });

  afterAll(async () => {
    await cluster?.stop();
    await tester?.stop();
  });

  /** A test of the new revision that comes out well or badly. */
  const tested = (status: 200 | 500) => ({
    webhooks: [{ type: 'rollout', url: `${tester.url}/${status}`, timeout: '5s' } as const],
  });

  /** Brings out one version, applies the same again, and brings out the next. */
  async function journey(namespace: string, end: string, attach: Attach) {
    await applyText(cluster, `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${namespace} }\n`);
    await applyText(cluster, rendered(namespace, '1.0.0', attach));
    const weights = new Set<string>();
    await untilPhase(namespace, 'Initialized', weights);
    const first = await standing(namespace);
    await applyText(cluster, rendered(namespace, '1.0.0', attach));
    const again = await standing(namespace);
    await applyText(cluster, rendered(namespace, '2.0.0', attach));
    await untilPhase(namespace, end, weights);
    return {
      first,
      again,
      second: await standing(namespace),
      weights: [...weights],
      last: await weightsOf(namespace),
    };
  }

  async function untilPhase(namespace: string, wanted: string, weights: Set<string>): Promise<void> {
    let last: string | undefined;
    const probe = async (): Promise<string | undefined> => {
      const name = { apiVersion: 'flagger.app/v1beta1', kind: 'Canary', name: 'web', namespace };
      last = phase.parse(await readObject(cluster, name)).status?.phase;
      const shares = await weightsOf(namespace);
      if (shares !== undefined) weights.add(shares);
      return last === wanted ? last : undefined;
    };
    const told = (): string => `it is ${last ?? 'new'}`;
    await eventually(`the Canary of ${namespace} is ${wanted}`, probe, { seconds: 150 }, told);
  }

  /** Shares of the primary and of the new revision, as in `70/30`. */
  async function weightsOf(namespace: string): Promise<string | undefined> {
    const name = {
      apiVersion: 'networking.istio.io/v1beta1',
      kind: 'VirtualService',
      name: 'web',
      namespace,
    };
    const found = virtualService.safeParse(await readObject(cluster, name));
    return found.data?.spec.http[0]?.route.map(({ weight }) => weight).join('/');
  }

  async function standing(namespace: string) {
    const read = (apiVersion: string, kind: string, name: string): Promise<unknown> =>
      readObject(cluster, { apiVersion, kind, name, namespace });
    const own = deployment.parse(await read('apps/v1', 'Deployment', 'web'));
    const primary = deployment.parse(await read('apps/v1', 'Deployment', 'web-primary'));
    return {
      replicas: own.spec.replicas,
      primaryLabels: primary.spec.selector.matchLabels,
      primaryReady: primary.status.readyReplicas,
      primaryImages: primary.spec.template.spec.containers.map(({ image }) => image),
      selector: service.parse(await read('v1', 'Service', 'web')).spec.selector,
    };
  }

  const initialized = {
    replicas: 0,
    primaryLabels: { app: 'web-primary' },
    primaryReady: 1,
    primaryImages: ['ghcr.io/acme/web:1.0.0'],
    selector: { app: 'web-primary' },
  };

  test('a component with canary or blueGreen gets a ready primary and the Service that leads there', () => {
    expect(steps.first).toEqual(initialized);
    expect(swap.first).toEqual(initialized);
  });

  test('what was rendered leaves alone what Flagger decides when it is applied again', () => {
    expect(steps.again).toEqual(initialized);
    expect(swap.again).toEqual(initialized);
  });

  test('a new image reaches the primary, whose number of pods stays', () => {
    const promoted = { ...initialized, primaryImages: ['ghcr.io/acme/web:2.0.0'] };
    expect(steps.second).toEqual(promoted);
    expect(swap.second).toEqual(promoted);
  });

  test('a new image whose test fails does not reach the primary, and gets no traffic any more', () => {
    expect(failing.second).toEqual(initialized);
    expect(failing.weights.at(0)).toBe('100/0');
    expect(failing.last).toBe('100/0');
  });

  test('canary shifts the traffic of Istio step by step', () => {
    expect(steps.weights).toEqual(['100/0', '70/30', '40/60']);
    expect(swap.weights).toEqual([]);
  });
});
