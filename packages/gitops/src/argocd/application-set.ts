import type { KubernetesObject, SyncedEnvironment } from '@strake/core';
import { pathInGit } from '../agents/agent-properties.ts';
import { compareOptions, syncPolicy } from './application.ts';
import type { ArgocdProperties } from './argocd-properties.ts';
import { API, destinationOf } from './destination.ts';

/**
 * What makes an Application of each folder of an environment (Argo CD: ApplicationSet, Git directory generator). The
 * project does not come from the repository, so that nobody who can push chooses another.
 */
export function applicationSet(
  { environment, applications }: SyncedEnvironment,
  properties: ArgocdProperties,
): KubernetesObject {
  const { url, branch = 'main', namespace = 'argocd', project = 'default', cascade = true } = properties;
  const folder = pathInGit(properties, applications);
  return {
    apiVersion: API,
    kind: 'ApplicationSet',
    metadata: { name: environment.name, namespace },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ git: { repoURL: url, revision: branch, directories: [{ path: `${folder}/*` }] } }],
      syncPolicy: { applicationsSync: 'sync', preserveResourcesOnDeletion: !cascade },
      template: {
        metadata: {
          name: `{{ .path.basename }}.${environment.name}`,
          annotations: {
            'argocd.argoproj.io/compare-options': compareOptions(properties),
            'argocd.argoproj.io/manifest-generate-paths': '.',
          },
        },
        spec: {
          project,
          source: { repoURL: url, targetRevision: branch, path: '{{ .path.path }}' },
          destination: { ...destinationOf(environment, properties) },
          syncPolicy: syncPolicy(environment, properties),
        },
      },
    },
  };
}
