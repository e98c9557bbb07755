import type { JsonObject, KubernetesObject, Manifest } from '@strake/core';
import { pathText } from '@strake/core/tools';
import { expect, test } from 'vitest';
import { fieldManager } from './field-manager.ts';
import type { FieldSet } from './field-set.ts';
import { liveValues } from './live-values.ts';

const FLUX = fieldManager(undefined, 'flux', []);
const ARGOCD = fieldManager(undefined, 'argocd', []);

const service = (spec: JsonObject, metadata: JsonObject = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', ...metadata },
  spec,
});

interface Case {
  readonly rendered: KubernetesObject;
  readonly live: KubernetesObject;
  readonly applied?: KubernetesObject;
  /** What managers own, by their names. */
  readonly owned?: Readonly<Record<string, FieldSet>>;
  readonly delegations?: Manifest['delegations'];
  readonly manager?: typeof FLUX;
}

function shown({
  rendered,
  live,
  applied = live,
  owned = {},
  delegations = [],
  manager = FLUX,
}: Case): string[] {
  const managers = Object.entries(owned).map(([name, fields]) => ({
    manager: name,
    operation: name === manager.name ? 'Apply' : 'Update',
    subresource: undefined,
    fields,
  }));
  const of = { object: live, managers, isOwned: false, status: {} };
  return liveValues({ manifest: { object: rendered, delegations }, live: of, applied, manager }).map(
    ({ steps, before, after, stays }) =>
      `${pathText(steps)}: ${JSON.stringify(before)} > ${stays === true ? 'stays' : JSON.stringify(after)}`,
  );
}

test('what a dry run changes beyond what is rendered is not shown', () => {
  const rendered = service({ type: 'ClusterIP' });
  const live = service({ type: 'LoadBalancer', allocateLoadBalancerNodePorts: true, policy: 'a' });
  const applied = service({ type: 'ClusterIP', policy: 'b', added: { by: 'webhook' } });
  expect(shown({ rendered, live, applied })).toEqual(['spec.type: "LoadBalancer" > "ClusterIP"']);
});

test('of something new only what is rendered is shown, without defaults', () => {
  const rendered = service({ ports: [{ port: 80, protocol: 'TCP' }] });
  const applied = service({ ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }] });
  expect(shown({ rendered, live: service({}), applied })).toEqual([
    'spec.ports: undefined > [{"port":80,"protocol":"TCP"}]',
  ]);
});

test('what an agent notes down for itself is not shown, even where it is all that there is', () => {
  const tracked = { 'argocd.argoproj.io/tracking-id': 'cart.production:/Service:cart/web' };
  const owned = { 'argocd-controller': { 'f:metadata': { 'f:annotations': { 'f:note': {} } } } };
  const synced = { rendered: service({}), applied: service({}), owned, manager: ARGOCD };
  const live = (annotations: JsonObject) => service({}, { annotations });
  expect(shown({ ...synced, live: live(tracked) })).toEqual([]);
  expect(shown({ ...synced, live: live({ ...tracked, note: 'by hand' }) })).not.toEqual([]);
});

test('a field that is no longer rendered is shown only where the agent owned it', () => {
  const live = service({ old: 1, other: 2 });
  const owned = { 'kustomize-controller': { 'f:spec': { 'f:old': {} } } };
  expect(shown({ rendered: service({}), live, applied: service({}), owned })).toEqual([
    'spec.old: 1 > undefined',
  ]);
});

test('a field that is left to a controller is not shown, whoever has changed it', () => {
  const writer = {
    layer: 'trait',
    definition: 'any',
    package: 'any',
    path: 'any',
    origin: undefined,
  } as const;
  const write = { writer, operation: { kind: 'remove', steps: [] }, options: {} } as const;
  const live = service({ count: 9, other: 9 });
  const owned = { 'kubectl-edit': { 'f:spec': { 'f:count': {}, 'f:other': {} } } };
  const delegations = [{ steps: ['spec', 'count'], to: 'any', write }];
  expect(shown({ rendered: service({}), live, owned, delegations })).toEqual(['spec.other: 9 > undefined']);
});

test('what a controller owns together with a person is not shown', () => {
  const live = service({ shared: 1, own: 2 });
  const owned = {
    'kubectl-edit': { 'f:spec': { 'f:shared': {}, 'f:own': {} } },
    controller: { 'f:spec': { 'f:shared': {} } },
  };
  expect(shown({ rendered: service({}), live, owned })).toEqual(['spec.own: 2 > undefined']);
});

test('what a person added stays with Argo CD, and a restart is not told there', () => {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': 'now', mine: 'yes' };
  const map = { 'f:kubectl.kubernetes.io/restartedAt': {}, 'f:mine': {} };
  const live = service({}, { annotations });
  const owned = { 'kubectl-rollout': { 'f:metadata': { 'f:annotations': map } } };
  const rendered = service({});
  expect(shown({ rendered, live, owned, manager: ARGOCD })).toEqual([
    'metadata.annotations.mine: "yes" > stays',
  ]);
  expect(shown({ rendered, live, owned })).toHaveLength(2);
});

test('what agents note down for themselves is not shown, unless it is rendered', () => {
  const labels = { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'app.kubernetes.io/instance': 'one' };
  const owned = {
    'kustomize-controller': {
      'f:metadata': {
        'f:labels': { 'f:kustomize.toolkit.fluxcd.io/name': {}, 'f:app.kubernetes.io/instance': {} },
      },
    },
  };
  const live = service({}, { labels });
  expect(shown({ rendered: service({}), live, applied: service({}, { labels: {} }), owned })).toEqual([]);
  const rendered = service({}, { labels: { 'app.kubernetes.io/instance': 'two' } });
  expect(shown({ rendered, live, applied: rendered, owned })).toEqual([
    'metadata.labels[app.kubernetes.io/instance]: "one" > "two"',
  ]);
});
