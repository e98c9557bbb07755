import {
  defineTrait,
  imageReferenceSchema,
  imageText,
  imageVersion,
  isImagePlaceholder,
  Pods,
  propertiesOf,
  type ImageReference,
  type TraitFactory,
} from '@strake/core';
import * as z from 'zod';

export interface ContainerImageProperties {
  /** Image with a tag or a digest: `registry.example.com/cart:1.4.2`; or `image({ ... })`, whose tag the image lock decides. */
  readonly image: string | ImageReference;
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
 *
 * @example
 * containerImage({ image: 'ghcr.io/acme/web:1.4.2-debug', imagePullPolicy: 'Always' })
 */
export const containerImage: TraitFactory<ContainerImageProperties, 'pods'> = defineTrait({
  name: 'container-image',
  package: '@strake/traits',
  summary: 'Runs another image than the one that the component names.',
  properties: propertiesOf<ContainerImageProperties>()({
    image: z.union([
      z.string().regex(/^[^\s:@][^\s]*$/, 'an image such as `registry.example.com/cart:1.4.2`'),
      imageReferenceSchema,
    ]),
    imagePullPolicy: z.enum(['Always', 'IfNotPresent', 'Never']).optional(),
  }),
  needs: [Pods],
  apply({ edit, report, pods }, { image, imagePullPolicy }) {
    const text = imageText(image);
    const workload = edit(pods.workload);
    const template = workload.at(pods.template);
    const container = template.at(['spec', 'containers', pods.container]);
    if (isImagePlaceholder(text) !== isImagePlaceholder(container.read('image'))) report(decidedTwice);
    if (typeof image === 'string' && isFloating(image)) report(floating(image));
    container.merge({ image: text, imagePullPolicy });
    const version = imageVersion(image);
    for (const place of [workload, template]) {
      const labels = place.at('metadata.labels');
      if (version === undefined) labels.remove([VERSION]);
      else labels.set([VERSION], version);
    }
  },
});

function isFloating(image: string): boolean {
  const [, tag, digest] = /(?::([^:/@]+))?(@.+)?$/.exec(image) ?? [];
  return digest === undefined && (tag === undefined || tag === 'latest');
}

function floating(image: string) {
  return {
    code: 'property-invalid',
    severity: 'warning',
    written: `\`image\` of \`containerImage\` is \`${image}\``,
    allowed: 'an image with a version: without one, the next pod may run another program than the last',
    fix: 'Add a tag other than `latest`, or a digest.',
  } as const;
}

const decidedTwice = {
  code: 'image-decided-twice',
  written: 'one image of the container is a text and the other is `image({ ... })`',
  allowed: 'one of the two, so that it is clear whether code decides or the image lock',
  fix: 'Make both texts, or both `image({ ... })`.',
} as const;
