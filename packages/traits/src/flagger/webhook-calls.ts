import type { JsonObject } from '@strake/core';
import type { Webhooks } from './webhooks-schema.ts';

/** Webhooks as a Canary has them. */
export function webhookCalls(webhooks: Webhooks): JsonObject[] {
  return webhooks.map((webhook) => {
    const { type, url, name = type, timeout, retries, muteAlert, disableTLS, metadata } = webhook;
    const cmd = 'cmd' in webhook ? webhook.cmd : undefined;
    return {
      name,
      type,
      url,
      timeout,
      retries,
      muteAlert,
      disableTLS,
      // The load tester goes on with a `cmd` while Flagger measures, and waits for the end of a `bash`.
      metadata: cmd === undefined ? metadata : { type: type === 'rollout' ? 'cmd' : 'bash', cmd },
    };
  });
}

/** The namespaces of the testers that call the pods: those of hosts such as `loadtester.flagger-system`. */
export function testerNamespaces(webhooks: Webhooks): readonly string[] {
  const found = webhooks.flatMap(({ type, url }) => {
    const [, namespace] = TESTS.has(type) ? (IN_CLUSTER.exec(new URL(url).hostname) ?? []) : [];
    return namespace === undefined ? [] : [namespace];
  });
  return [...new Set(found)].toSorted();
}

const TESTS = new Set(['pre-rollout', 'rollout', 'post-rollout']);
const IN_CLUSTER = /^[^.]+\.([^.]+)(\.svc(\..+)?)?$/;
