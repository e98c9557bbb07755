import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { objectName } from './object-name.ts';

export interface ImagePullSecretsProperties {
  /** Names of Secrets of the namespace, of the type `kubernetes.io/dockerconfigjson`: such as the `name` of a claim. */
  readonly secrets: readonly string[];
}

/**
 * Lets nodes pull images from private registries (Kubernetes API: PodSpec.imagePullSecrets).
 *
 * @example
 * imagePullSecrets({ secrets: ['registry'] })
 */
export const imagePullSecrets: TraitFactory<ImagePullSecretsProperties, 'pods'> = defineTrait({
  name: 'image-pull-secrets',
  package: '@strake/traits',
  summary: 'Lets nodes pull images from private registries.',
  properties: propertiesOf<ImagePullSecretsProperties>()({ secrets: z.array(objectName).min(1).readonly() }),
  needs: [Pods],
  apply({ edit, pods }, { secrets }) {
    const names = [...new Set(secrets)].map((name) => ({ name }));
    edit(pods.workload)
      .at(pods.template)
      .merge({ spec: { imagePullSecrets: names } });
  },
});
