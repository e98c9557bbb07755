import { expect, inject, test } from 'vitest';
import { applyManifests } from './apply.ts';
import { manifestsIn } from './manifests.ts';
import { rolloutPods } from './rollout-pods.ts';

const cluster = inject('cluster');
const NAMESPACE = 'picked';
const ALL = { 'app.kubernetes.io/part-of': 'shop' };
const BOTH = { 'app.kubernetes.io/name': 'web' };

/** The two revisions and their caller, with what selects them. */
function objects(budget: object, policy: object, callee: object): string {
  const metadata = (name: string) => ({ name, namespace: NAMESPACE });
  const pod = (app: string, name: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata(app), labels: { app, 'app.kubernetes.io/name': name, ...ALL } },
    spec: { containers: [{ name, image: 'web:1' }] },
  });
  const networkPolicy = (name: string, matchLabels: object, egress?: readonly object[]) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(name),
    spec: { podSelector: { matchLabels }, policyTypes: ['Ingress', 'Egress'], egress },
  });
  const all = [
    pod('web', 'web'),
    pod('web-primary', 'web'),
    pod('client', 'client'),
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata('web'),
      spec: { maxUnavailable: 1, selector: { matchLabels: budget } },
    },
    networkPolicy('web', policy),
    networkPolicy('client', { app: 'client' }, [{ to: [{ podSelector: { matchLabels: callee } }] }]),
  ];
  return all.map((object) => JSON.stringify(object)).join('\n---\n');
}

test.each([
  ['nothing where both revisions are selected', BOTH, BOTH, BOTH, []],
  [
    'a revision that the budget misses',
    { app: 'web' },
    BOTH,
    BOTH,
    ['web-primary not selected by the PodDisruptionBudget web'],
  ],
  [
    'a revision that its policy misses',
    BOTH,
    { app: 'web-primary' },
    BOTH,
    ['web not selected by the NetworkPolicy web'],
  ],
  [
    'a revision that its caller may not call',
    BOTH,
    BOTH,
    { app: 'web' },
    ['web-primary not selected by the egress of the NetworkPolicy client'],
  ],
  ['others that are selected too', BOTH, ALL, BOTH, ['client selected by the NetworkPolicy web']],
])('the check of a rollout names %s', async (_, budget, policy, callee, complaints) => {
  const applied = await applyManifests(cluster, manifestsIn(objects(budget, policy, callee)));
  try {
    expect(applied.complaints).toEqual([]);
    expect(await rolloutPods(cluster, NAMESPACE)).toEqual({ primary: 1, canary: 1, guarded: 0, complaints });
  } finally {
    await applied.remove();
  }
});
