import type { Environment, KubernetesObject, SyncedApplication, SyncedEnvironment } from '@strake/core';
import { pathInGit, syncName } from '../agents/agent-properties.ts';
import { hasOwnProject } from './app-project.ts';
import type { ArgocdProperties } from './argocd-properties.ts';
import { API, destinationOf, IN_CLUSTER, WAVE } from './destination.ts';
import { ignoredDifferences } from './ignored-differences.ts';

const FINALIZER = 'resources-finalizer.argocd.argoproj.io';
const BACKOFF = { duration: '5s', factor: 2, maxDuration: '3m' };
/** Until it succeeds, each time at the newest commit: else the commit that failed is tried while newer ones wait. */
const RETRY = { limit: -1, refresh: true, backoff: BACKOFF };
/** What a person has started stays at the commit that the person has seen. */
const RETRY_BY_HAND = { limit: 5, backoff: BACKOFF };
/**
 * Without `RespectIgnoreDifferences`: it would apply what a controller has written, and so own it too, though what a
 * controller owns is not rendered at all.
 */
const SYNC_OPTIONS = [
  'ApplyOutOfSyncOnly=true',
  'CreateNamespace=false',
  'FailOnSharedResource=true',
  'PruneLast=true',
  'ServerSideApply=true',
];

/** What syncs one application. */
export function application(
  synced: SyncedApplication,
  properties: ArgocdProperties,
  readsImageLock: boolean,
): KubernetesObject {
  const { rendered, folder, imageFolder, wave } = synced;
  const { environment, namespace, manifests } = rendered;
  const { project = 'default', cascade = true } = properties;
  const name = syncName(properties, environment, rendered.application);
  const ignoreDifferences = ignoredDifferences(manifests);
  const reads = readsImageLock ? `;/${pathInGit(properties, imageFolder)}` : '';
  return {
    apiVersion: API,
    kind: 'Application',
    metadata: {
      name,
      namespace: properties.namespace ?? 'argocd',
      annotations: {
        'argocd.argoproj.io/compare-options': compareOptions(properties),
        'argocd.argoproj.io/manifest-generate-paths': `.${reads}`,
        [WAVE]: String(wave),
      },
      ...(cascade && { finalizers: [FINALIZER] }),
    },
    spec: {
      project: hasOwnProject(environment, properties) ? name : project,
      source: source(properties, folder),
      destination: { ...destinationOf(environment, properties), namespace },
      ...(ignoreDifferences.length > 0 && { ignoreDifferences }),
      syncPolicy: syncPolicy(environment, properties),
    },
  };
}

/** What syncs Argo CD's own objects of an environment, itself among them. Nothing deletes it but people. */
export function rootApplication(
  { environment: { name }, folder }: SyncedEnvironment,
  properties: ArgocdProperties,
): KubernetesObject {
  const { namespace = 'argocd', rootProject = 'default' } = properties;
  return {
    apiVersion: API,
    kind: 'Application',
    metadata: {
      name,
      namespace,
      annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
    },
    spec: {
      project: rootProject,
      source: { ...source(properties, folder), directory: { recurse: true } },
      destination: { ...IN_CLUSTER, namespace },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        retry: RETRY,
        syncOptions: ['CreateNamespace=false', 'ServerSideApply=true'],
      },
    },
  };
}

/** What a sync does; without `automated` it waits for people. */
export function syncPolicy({ approval }: Environment, { prune = true, selfHeal = true }: ArgocdProperties) {
  const isByHand = approval === 'manual-sync';
  return {
    ...(!isByHand && { automated: { prune, selfHeal } }),
    retry: isByHand ? RETRY_BY_HAND : RETRY,
    syncOptions: SYNC_OPTIONS,
  };
}

/** By whom live objects are compared, whatever Argo CD's own configuration says. */
export function compareOptions({ serverSideDiff = false }: ArgocdProperties): string {
  return `ServerSideDiff=${serverSideDiff}`;
}

function source(properties: ArgocdProperties, folder: string) {
  const { url, branch = 'main' } = properties;
  return { repoURL: url, targetRevision: branch, path: pathInGit(properties, folder) };
}
