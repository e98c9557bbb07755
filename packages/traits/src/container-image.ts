import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';

export interface ContainerImageProperties {
  /** Image with a tag or a digest: `registry.example.com/cart:1.4.2`. */
  readonly image: string;
  /**
   * When nodes ask the registry for it.
   * @default - every time for the tag `latest`, else when a node does not have it
   */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
}

const VERSION = 'app.kubernetes.io/version';

/**
 * Runs another image than the one that the component names (Kubernetes API: Container.image). The label
 * `app.kubernetes.io/version` follows it.
 */
export const containerImage: TraitFactory<ContainerImageProperties, 'pods'> = defineTrait({
  name: 'container-image',
  package: '@strake/traits',
  summary: 'Runs another image than the one that the component names.',
  properties: propertiesOf<ContainerImageProperties>()({
    image: z.string().regex(/^[^\s:@][^\s]*$/, 'an image such as `registry.example.com/cart:1.4.2`'),
    imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).optional(),
  }),
  needs: [Pods],
  apply({ edit, report, pods }, { image, imagePullPolicy }) {
    const [, tag, digest] = /(?::([^:/@]+))?(@.+)?$/.exec(image) ?? [];
    if (digest === undefined && (tag === undefined || tag === 'latest')) {
      report({
        code: 'property-invalid',
        severity: 'warning',
        written: `\`image\` of \`container-image\` is \`${image}\``,
        allowed: 'an image with a version: without one, the next pod may run another program than the last',
        fix: 'Add a tag other than `latest`, or a digest.',
      });
    }
    const workload = edit(pods.workload);
    const template = workload.at(pods.template);
    template.at(['spec', 'containers', pods.container]).merge({ image, imagePullPolicy });
    for (const place of [workload, template]) {
      const labels = place.at('metadata.labels');
      if (tag !== undefined && /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(tag)) {
        labels.set([VERSION], tag);
      } else labels.remove([VERSION]);
    }
  },
});
