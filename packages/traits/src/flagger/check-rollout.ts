import type * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { secondsOf } from './interval.ts';
import type { Provider } from './provider.ts';
import type { Rollout } from './rollout-properties.ts';

type Service = Rollout['service'];

/** Finds what Flagger or the provider takes without doing it. */
export function checkRollout(
  given: Rollout & { readonly provider: Provider },
  context: z.core.$RefinementCtx,
): void {
  const say = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  const { interval, metrics, webhooks, service, provider } = given;
  const seconds = secondsOf(interval);
  if (seconds < 10) say(['interval'], 'at least `10s`, which Flagger waits anyway');
  metrics.forEach((metric, index) => {
    if (secondsOf(metric.interval) > seconds)
      say(['metrics', index, 'interval'], `no more than the \`interval\` of the steps, ${interval}`);
  });
  const waiting = webhooks.filter(({ type }) => type === 'rollout').map(({ timeout }) => secondsOf(timeout));
  if (waiting.reduce((sum, each) => sum + each, 0) >= seconds)
    say(
      ['webhooks'],
      `tests of type \`rollout\` whose \`timeout\`s together are below the \`interval\`, ${interval}`,
    );
  for (const [key, providers] of Object.entries(MEANT)) {
    if (!hasEntry({ value: entryOf(service, key) }) || providers.includes(provider)) continue;
    say(['service', key], `no \`${key}\` with ${provider}: it is for ${providers.join(' and ')}`);
  }
  if (service.gateways !== undefined && service.hosts === undefined)
    say(['service', 'hosts'], 'the host names by which it is called through the `gateways`');
  if (given.ingressRef !== undefined && provider !== 'nginx')
    say(['ingressRef'], `no \`ingressRef\` with ${provider}: it is for nginx`);
}

/** Which providers have a use for what. */
const MEANT: Readonly<Record<string, readonly Provider[]>> = {
  hosts: ['istio', 'gatewayapi:v1'],
  gateways: ['istio'],
  gatewayRefs: ['gatewayapi:v1'],
  timeout: ['istio', 'gatewayapi:v1'],
  backendTimeout: ['gatewayapi:v1'],
  retries: ['istio'],
  headers: ['istio', 'gatewayapi:v1'],
  trafficPolicy: ['istio'],
};

function entryOf(service: Service, key: string): unknown {
  return Object.entries(service).find(([name]) => name === key)?.[1];
}
