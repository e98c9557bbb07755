import type { Agent, KubernetesObject } from '@strake/core';
import { checkedProperties } from '../agents/agent-properties.ts';
import { isKept } from '../agents/kept-objects.ts';
import { appProject, hasOwnProject } from './app-project.ts';
import { application, rootApplication } from './application.ts';
import { applicationSet } from './application-set.ts';
import { argocdSchema, type ArgocdProperties } from './argocd-properties.ts';
import { imageUpdater } from './image-updater.ts';

const OPTIONS = 'argocd.argoproj.io/sync-options';
const COMPARE = 'argocd.argoproj.io/compare-options';

/**
 * Argo CD syncs the repository: one Application for each application and environment, and one for each environment that
 * syncs those (Argo CD: Application, AppProject, ApplicationSet).
 *
 * @example
 * argocd({ url: 'https://github.com/acme/gitops.git', appProjects: true })
 */
export function argocd(properties: ArgocdProperties): Agent {
  const given = checkedProperties(argocdSchema, properties, argocd);
  const isSet = given.applicationSet === true;
  return {
    name: 'argocd',
    approvals: given.project === undefined && !isSet ? ['manual-sync', 'windows'] : ['manual-sync'],
    order: isSet ? 'platform' : (given.order ?? 'connections'),
    annotations: (object) => annotations(object, given),
    sync: (synced) => {
      if (isSet) return { objects: [] };
      const images = imageUpdater(synced, given);
      const project = hasOwnProject(synced.rendered.environment, given) ? [appProject(synced, given)] : [];
      return {
        ...images,
        objects: [...project, application(synced, given, images.readsImageLock === true), ...images.objects],
      };
    },
    root: (environment) => ({
      objects: [rootApplication(environment, given), ...(isSet ? [applicationSet(environment, given)] : [])],
    }),
  };
}

/**
 * The template of a Job cannot be changed: Argo CD makes the Job anew. What is kept does not count once its file is gone:
 * else its Application is out of sync for good, and healed again and again.
 */
function annotations(object: KubernetesObject, { keep }: ArgocdProperties): Record<string, string> {
  const kept = isKept(object, keep);
  const options = [
    ...(kept ? ['Prune=false', 'Delete=false'] : []),
    ...(object.kind === 'Job' ? ['Force=true', 'Replace=true'] : []),
  ];
  return {
    ...(kept && { [COMPARE]: 'IgnoreExtraneous' }),
    ...(options.length > 0 && { [OPTIONS]: options.join(',') }),
  };
}
