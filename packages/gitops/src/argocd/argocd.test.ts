import type { Approval, Environment, JsonObject, KubernetesObject } from '@strake/core';
import { expect, test } from 'vitest';
import type { ArgocdProperties } from './argocd-properties.ts';
import { argocd } from './argocd.ts';

const URL = { url: 'https://github.com/acme/gitops' };
const COMPARE = 'argocd.argoproj.io/compare-options';
const OPTIONS = 'argocd.argoproj.io/sync-options';

function production(approval?: Approval): Environment {
  const name = 'production';
  return { name, tier: name, cluster: name, kubernetes: '1.36', ...(approval && { approval }), namespaceOf };
}

function namespaceOf(application: string): string {
  return application;
}

/** The Application of a shop, or else the template of the ApplicationSet. */
function syncing(properties: Partial<ArgocdProperties> = {}, approval?: Approval) {
  const agent = argocd({ ...URL, ...properties });
  const environment = production(approval);
  const rendered = { environment, application: 'shop', namespace: 'shop', manifests: [] } as never;
  const { objects } = agent.sync({ rendered, folder: 'environments', imageFolder: 'i', after: [], wave: 1 });
  const root = agent.root({ environment, folder: 'clusters', applications: 'environments' });
  const found = [...objects, ...root.objects].find(({ kind, metadata: { name } }) =>
    kind === 'ApplicationSet' ? true : kind === 'Application' && name === 'shop.production',
  );
  const spec = found?.['spec'] as JsonObject;
  const template = (spec['template'] ?? found) as unknown as KubernetesObject;
  return { annotations: template.metadata.annotations, spec: template['spec'] as JsonObject };
}

function object(kind: string): KubernetesObject {
  return { apiVersion: 'v1', kind, metadata: { name: 'one' } };
}

test.for([{}, { applicationSet: true }])(
  'compares by what it has applied, so that what the API server refuses is seen as out of sync: %o',
  (properties) => {
    expect(syncing(properties).annotations).toMatchObject({ [COMPARE]: 'ServerSideDiff=false' });
    const byServer = syncing({ ...properties, serverSideDiff: true });
    expect(byServer.annotations).toMatchObject({ [COMPARE]: 'ServerSideDiff=true' });
  },
);

test('tries a sync until it succeeds, at the newest commit, and one by hand at the commit that was looked at', () => {
  expect(syncing().spec).toMatchObject({ syncPolicy: { retry: { limit: -1, refresh: true } } });
  const { syncPolicy } = syncing({}, 'manual-sync').spec;
  expect(syncPolicy).toMatchObject({ retry: { limit: 5 } });
  expect(syncPolicy).not.toMatchObject({ retry: { refresh: true } });
});

test('what is kept does not keep its Application out of sync', () => {
  const { annotations } = argocd(URL);
  expect(annotations(object('Namespace'))).toEqual({
    [COMPARE]: 'IgnoreExtraneous',
    [OPTIONS]: 'Prune=false,Delete=false',
  });
  expect(annotations(object('Job'))).toEqual({ [OPTIONS]: 'Force=true,Replace=true' });
  expect(annotations(object('ConfigMap'))).toEqual({});
});

test('applies nothing that a controller has written', () => {
  const { syncOptions } = syncing().spec['syncPolicy'] as JsonObject;
  expect(syncOptions).toContain('ServerSideApply=true');
  expect(syncOptions).not.toContain('RespectIgnoreDifferences=true');
});
