import { finding, type AgentObjects, type Finding, type SyncedApplication } from '@strake/core';
import { pathInGit, syncName } from '../agents/agent-properties.ts';
import { imagePolicies, imagePolicyName, type AgentImagePolicy } from '../images/image-policies.ts';
import type { ArgocdImageUpdates, ArgocdProperties } from './argocd-properties.ts';

/** What moves the images of an application in its lock (Argo CD Image Updater: ImageUpdater). */
export function imageUpdater(synced: SyncedApplication, properties: ArgocdProperties): AgentObjects {
  const { rendered, imageFolder } = synced;
  const { environment, application, images = [] } = rendered;
  const { imageUpdates, namespace = 'argocd', branch = 'main' } = properties;
  const policies = imageUpdates === undefined ? [] : imagePolicies({ ...rendered, images });
  const findings = policies.filter((policy) => policy.imageUpdater === undefined).map(unsupported);
  const movable = policies.filter((policy) => policy.imageUpdater !== undefined);
  if (imageUpdates === undefined || movable.length === 0) return { objects: [], findings };
  const { secretRef, forge = 'github' } = imageUpdates;
  const name = syncName(properties, environment, application);
  return {
    findings,
    readsImageLock: true,
    objects: [
      {
        apiVersion: 'argocd-image-updater.argoproj.io/v1alpha1',
        kind: 'ImageUpdater',
        metadata: { name, namespace },
        spec: {
          applicationRefs: [
            { namePattern: name, images: movable.map((each) => updatedImage(each, imageUpdates, namespace)) },
          ],
          writeBackConfig: {
            method: secretRef === undefined ? 'git' : `git:secret:${namespace}/${secretRef.name}`,
            gitConfig: {
              branch,
              writeBackTarget: `kustomization:/${pathInGit(properties, imageFolder)}`,
              ...(environment.approval === 'pull-request' && { pullRequest: { [forge]: {} } }),
            },
          },
        },
      },
    ],
  };
}

function updatedImage(
  { environment, application, image, imageUpdater: updater }: AgentImagePolicy,
  { registries }: ArgocdImageUpdates,
  namespace: string,
) {
  const [registry = ''] = image.split('/', 1);
  const secret = registries?.[registry]?.secretRef.name;
  return {
    alias: imagePolicyName(environment, application, image).slice(`${application}.${environment}.`.length),
    imageName: updater?.imageName ?? image,
    commonUpdateSettings: {
      updateStrategy: updater?.updateStrategy ?? 'semver',
      ...(updater?.allowTags !== undefined && { allowTags: updater.allowTags }),
      ...(secret !== undefined && { pullSecret: `pullsecret:${namespace}/${secret}` }),
    },
  };
}

function unsupported({ environment, application, image }: AgentImagePolicy): Finding {
  const found = finding({
    code: 'image-policy-unsupported',
    severity: 'warning',
    path: application,
    written: `the policy of \`${image}\`, for which Argo CD Image Updater has no strategy`,
    allowed:
      '`patch`, `minor`, a range of versions, a digest, or ascending alphabetical order without `extract`',
    fix: 'Choose such a policy, or move the image with `strake images update`.',
  });
  return { ...found, environments: [environment] };
}
