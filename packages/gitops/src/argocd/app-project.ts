import {
  isClusterScoped,
  type Environment,
  type KubernetesObject,
  type SyncedApplication,
} from '@strake/core';
import { syncName } from '../agents/agent-properties.ts';
import type { ArgocdProperties } from './argocd-properties.ts';
import { API, destinationOf, WAVE } from './destination.ts';

/** Whether the Applications of an environment have each an AppProject: windows stand there and nowhere else. */
export function hasOwnProject({ approval }: Environment, properties: ArgocdProperties): boolean {
  const { appProjects = false, project, applicationSet = false } = properties;
  return appProjects || (typeof approval === 'object' && project === undefined && !applicationSet);
}

/** What permits an Application what is rendered for it, and nothing else. It is there before the Application. */
export function appProject({ rendered }: SyncedApplication, properties: ArgocdProperties): KubernetesObject {
  const { environment, application, namespace, manifests } = rendered;
  const { url, serviceAccountName } = properties;
  const objects = manifests.map(({ object }) => object);
  const destination = destinationOf(environment, properties);
  const namespaces = objects
    .filter(({ apiVersion, kind }) => !isClusterScoped(apiVersion, kind))
    .map(({ metadata }) => metadata.namespace ?? namespace)
    .concat(namespace);
  const server = 'server' in destination ? destination.server : '*';
  return {
    apiVersion: API,
    kind: 'AppProject',
    metadata: {
      name: syncName(properties, environment, application),
      namespace: properties.namespace ?? 'argocd',
      annotations: { [WAVE]: '-1' },
    },
    spec: {
      description: `What Strake renders of ${application} in ${environment.name}`,
      sourceRepos: [url],
      destinations: unique(namespaces).map((each) => ({ ...destination, namespace: each })),
      clusterResourceWhitelist: clusterKinds(objects),
      ...(serviceAccountName !== undefined && {
        destinationServiceAccounts: unique(namespaces).map((each) => ({
          server,
          namespace: each,
          defaultServiceAccount: serviceAccountName,
        })),
      }),
      ...syncWindows(environment),
    },
  };
}

function clusterKinds(objects: readonly KubernetesObject[]) {
  const kinds = objects
    .filter(({ apiVersion, kind }) => isClusterScoped(apiVersion, kind))
    .map(({ apiVersion, kind }) => `${apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')))}/${kind}`);
  return unique(kinds).map((each) => {
    const [group = '', kind = ''] = each.split('/');
    return { group, kind };
  });
}

function syncWindows({ approval }: Environment) {
  if (typeof approval !== 'object') return {};
  return {
    syncWindows: approval.windows.map(({ timeZone = 'UTC', manualSync = false, ...each }) => ({
      ...each,
      timeZone,
      manualSync,
      applications: ['*'],
    })),
  };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
}
