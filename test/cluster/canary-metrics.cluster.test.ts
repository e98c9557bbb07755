import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ask } from './api.ts';
import { installCrds } from './crds.ts';
import { debianProgram } from './debian-program.ts';
import { eventually } from './eventually.ts';
import { type Cluster, startCluster } from './harness.ts';
import { measuredShop } from './measured-shop.ts';
import { applyText, readObject } from './objects.ts';
import { type Prometheus, startPrometheus } from './prometheus.ts';
import { type RequestCounters, startRequestCounters } from './request-counters.ts';
import { type RolloutPods, rolloutPods } from './rollout-pods.ts';
import { isWarm } from './suite.ts';

const ISTIO = ['networking.istio.io'];
const NAMESPACE = 'shop';
const IMAGE = 'ghcr.io/acme/web';

const canaryStatus = z.looseObject({
  status: z.looseObject({ phase: z.string(), canaryWeight: z.number(), failedChecks: z.number() }).optional(),
});
const deployment = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      spec: z.looseObject({ containers: z.array(z.looseObject({ image: z.string() })) }),
    }),
  }),
});
const eventList = z.looseObject({
  items: z.array(
    z.looseObject({
      message: z.string(),
      lastTimestamp: z.string().nullish(),
      metadata: z.looseObject({ resourceVersion: z.string() }),
      involvedObject: z.looseObject({ kind: z.string() }),
    }),
  ),
});

/** What was seen at one moment. */
interface Seen extends RolloutPods {
  readonly phase: string;
  /** Share of the traffic that the new revision has, in percent. */
  readonly weight: number;
}

const prometheusProgram = debianProgram('prometheus');
if ('missing' in prometheusProgram) console.error(`canary-metrics: not run (${prometheusProgram.missing})`);
const canRun = 'path' in prometheusProgram && isWarm('canary-metrics', ['flagger'], ISTIO);

describe.runIf(canRun)('with Flagger and Prometheus', () => {
  let cluster: Cluster;
  let counters: RequestCounters;
  let prometheus: Prometheus;
  const seen: Seen[] = [];
  const images: string[] = [];
  const journal: string[] = [];
  let latest = 0;
  let promotion: string[] = [];
  let rollback: string[] = [];

  beforeAll(async () => {
    counters = await startRequestCounters({ workload: 'web', namespace: NAMESPACE });
    prometheus = await startPrometheus(counters.url);
    cluster = await startCluster();
    await installCrds(cluster, ISTIO);
    await cluster.with(['flagger']);
    await applyText(cluster, `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${NAMESPACE} }\n`);
    await bringOut('1.0.0');
    await until('initialized', ({ phase }) => phase === 'Initialized');
    const before = journal.length;
    await bringOut('2.0.0');
    await until('promoted', ({ phase }) => phase === 'Succeeded');
    await untilHeard('Promotion completed!');
    promotion = journal.slice(before);
    await bringOut('3.0.0');
    await until('given half of the traffic', ({ weight, phase }) => weight === 50 && phase === 'Progressing');
    counters.fail(0.3);
    await until('rolled back', ({ phase }) => phase === 'Failed');
    await untilHeard('Canary failed!');
    rollback = journal.slice(before + promotion.length);
    console.log([`promotion:`, ...promotion, 'rollback:', ...rollback].join('\n  '));
    console.log(['pods seen:', ...new Set(seen.map(lineOf))].join('\n  '));
  });

  afterAll(async () => {
    await cluster?.stop();
    await prometheus?.stop();
    await counters?.stop();
  });

  async function bringOut(version: string): Promise<void> {
    await applyText(cluster, measuredShop(`${IMAGE}:${version}`, prometheus.url));
  }

  /** Looks again and again, and remembers all that it sees. */
  async function until(wanted: string, isThere: (now: Seen) => boolean): Promise<void> {
    const probe = async (): Promise<true | undefined> => {
      const now = await look();
      seen.push(now);
      await hear();
      return isThere(now) ? true : undefined;
    };
    const last = (): string => JSON.stringify(seen.at(-1));
    await eventually(`web is ${wanted}`, probe, { seconds: 150 }, last);
    images.push(await primaryImage());
  }

  async function look(): Promise<Seen> {
    const name = { apiVersion: 'flagger.app/v1beta1', kind: 'Canary', name: 'web', namespace: NAMESPACE };
    const { status } = canaryStatus.parse(await readObject(cluster, name));
    const pods = await rolloutPods(cluster, NAMESPACE);
    return { phase: status?.phase ?? 'new', weight: status?.canaryWeight ?? 0, ...pods };
  }

  async function primaryImage(): Promise<string> {
    const name = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web-primary', namespace: NAMESPACE };
    const { spec } = deployment.parse(await readObject(cluster, name));
    return spec.template.spec.containers.map(({ image }) => image).join();
  }

  /** Adds what Flagger said of the Canary since the last call; what it says again is the same Event, stored anew. */
  async function hear(): Promise<void> {
    const { body } = await ask(cluster, 'GET', `/api/v1/namespaces/${NAMESPACE}/events`);
    const heard = eventList
      .parse(body)
      .items.filter(({ involvedObject }) => involvedObject.kind === 'Canary')
      .map(({ metadata, ...event }) => ({ ...event, version: Number(metadata.resourceVersion) }))
      .filter(({ version }) => version > latest)
      .toSorted((one, other) => one.version - other.version);
    latest = heard.at(-1)?.version ?? latest;
    journal.push(...heard.map(({ lastTimestamp, message }) => `${lastTimestamp?.slice(11, 19)} ${message}`));
  }

  /** An Event comes a moment before or after the state that it tells of. */
  async function untilHeard(text: string): Promise<void> {
    const probe = async (): Promise<true | undefined> => {
      await hear();
      return journal.some((line) => line.includes(text)) ? true : undefined;
    };
    await eventually(`Flagger says ${text}`, probe);
  }

  function lineOf({ phase, weight, primary, canary, guarded }: Seen): string {
    return `${phase}, weight ${weight}: ${primary} primary and ${canary} canary pods, ${guarded} counted for the budget`;
  }

  test('good metrics promote the new image', () => {
    expect(promotion.join('\n')).toMatch(/Advance web\.shop canary weight 50[^]*Promotion completed!/);
    expect(promotion.join('\n')).not.toMatch(/Halt|Rolling back/);
    expect(images[1]).toBe(`${IMAGE}:2.0.0`);
  });

  test('bad metrics roll it back, although it had half of the traffic', () => {
    expect(rollback.join('\n')).toMatch(/Advance web\.shop canary weight 50/);
    expect(rollback.join('\n')).toMatch(/Halt web\.shop advancement success \d+\.\d+ < 99/);
    expect(rollback.join('\n')).toMatch(/Rolling back web\.shop[^]*Canary failed!/);
    expect(images.at(-1)).toBe(`${IMAGE}:2.0.0`);
    expect(seen.at(-1)?.weight).toBe(0);
  });

  test('the budget and the network policies select the pods of both revisions at every step', () => {
    const both = seen.filter(({ primary, canary }) => primary > 0 && canary > 0);
    expect(new Set(both.map(({ phase }) => phase))).toContain('Progressing');
    expect(both.map(({ weight }) => weight)).toContain(50);
    expect([...new Set(seen.flatMap(({ complaints }) => complaints))]).toEqual([]);
  });

  test('the disruption controller counts the pods of both revisions', () => {
    const halfway = seen.filter(({ weight }) => weight === 50);
    expect(halfway.map(({ guarded, primary, canary }) => guarded - primary - canary)).toContain(0);
    expect(Math.max(...halfway.map(({ guarded }) => guarded))).toBeGreaterThanOrEqual(2);
  });
});
