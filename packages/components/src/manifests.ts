import { defineComponent, propertiesOf, type Component, type KubernetesObject } from '@strake/core';
import { ApiObject } from 'cdk8s';
import * as z from 'zod';

export interface ManifestsProperties {
  /** Objects as Kubernetes takes them. They keep their names; one without a namespace gets the application's. */
  readonly objects: readonly KubernetesObject[];
}

const object = z.object({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.object({ name: z.string().min(1) }),
});

/**
 * Objects that are written out in full, of any kind. They get the labels of the component where they do not have them.
 * Traits need a workload to know where to write; for these objects there are patches.
 *
 * @example
 * new Manifests(this, 'extra', {
 *   objects: [
 *     { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'legacy' }, data: { mode: 'on' } },
 *   ],
 * })
 */
export class Manifests extends defineComponent({
  name: 'manifests',
  package: '@strake/components',
  summary: 'Objects that are written out in full, of any kind.',
  properties: propertiesOf<ManifestsProperties>()({
    objects: z
      .array(
        z.custom<KubernetesObject>(
          (value) => object.safeParse(value).success,
          'an object with `apiVersion`, `kind` and `metadata.name`',
        ),
      )
      .readonly(),
  }),
  offers: [],
  build(component, { objects }) {
    for (const [index, object] of objects.entries()) addObject(component, `${object.kind}-${index}`, object);
    return {};
  },
}) {}

/** Two objects may have one kind and name in different namespaces, so their construct ids are not made of names. */
function addObject(component: Component, id: string, { metadata, ...rest }: KubernetesObject): ApiObject {
  const labels = { ...component.labels, ...metadata.labels };
  return new ApiObject(component, id, { ...rest, metadata: { ...metadata, labels } });
}
