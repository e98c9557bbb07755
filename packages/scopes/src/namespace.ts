import { defineScope, propertiesOf, type ScopeFactory } from '@strake/core';
import { annotationsSchema, labelsSchema } from './labels.ts';
import { namespaceObject } from './namespace-object.ts';

export interface NamespaceProperties {
  /**
   * Labels of every Namespace, such as `pod-security.kubernetes.io/enforce`.
   * @default - none but `app.kubernetes.io/managed-by`
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of every Namespace.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Makes the Namespaces of the applications that it holds for. Applications in one namespace share its Namespace.
 *
 * @example
 * namespace({ labels: { 'acme.example/managed': 'true' } })
 */
export const namespace: ScopeFactory<NamespaceProperties> = defineScope({
  name: 'namespace',
  package: '@strake/scopes',
  summary: 'Makes the Namespaces of the applications that it holds for.',
  properties: propertiesOf<NamespaceProperties>()({
    labels: labelsSchema.optional(),
    annotations: annotationsSchema.optional(),
  }),
  platform({ namespaces, ensure }, { labels, annotations }) {
    for (const name of namespaces) ensure(namespaceObject(name)).merge({ metadata: { labels, annotations } });
  },
});
