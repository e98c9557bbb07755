// A component that the team had written with cdk8s-plus before it knew Strake: traits apply to it as to any other.
import { defineComponent, Pods, propertiesOf, Scalable } from '@strake/core';
import { ApiObject, JsonPatch } from 'cdk8s';
import { Deployment, LabelSelector } from 'cdk8s-plus-28';
import * as z from 'zod';

export interface ReportsProperties {
  /** Image with a tag. */
  readonly image: string;
}

/** Writes the daily sales report. */
export class Reports extends defineComponent({
  name: 'reports',
  package: '@acme/cart',
  summary: 'Writes the daily sales report.',
  properties: propertiesOf<ReportsProperties>()({ image: z.string() }),
  offers: [Pods, Scalable],
  build(component, { image }) {
    const { name, labels } = component;
    const selector = { app: name };
    const deployment = new Deployment(component, 'deployment', {
      metadata: { name, labels },
      podMetadata: { labels: { ...selector, ...labels } },
      containers: [{ name, image, resources: {} }],
      select: false,
    });
    deployment.select(LabelSelector.of({ labels: selector }));
    const workload = ApiObject.of(deployment);
    // cdk8s-plus labels pods with the construct path; nothing here selects by it, and a rename would restart the pods.
    workload.addJsonPatch(JsonPatch.remove('/spec/template/metadata/labels/cdk8s.io~1metadata.addr'));
    return {
      pods: {
        workload,
        template: 'spec.template',
        container: name,
        selector,
        labels: { 'app.kubernetes.io/name': name },
      },
      scalable: { workload },
    };
  },
}) {}
