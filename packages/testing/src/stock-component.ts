import { defineComponent, Exposed, Pods, propertiesOf, Scalable } from '@strake/core';

/** A component that offers what most traits need: a Deployment with two replicas behind a Service. */
export class StockComponent extends defineComponent({
  name: 'stock-component',
  package: '@strake/testing',
  summary: 'A Deployment with two replicas behind a Service.',
  properties: propertiesOf<{}>()({}),
  offers: [Pods, Scalable, Exposed],
  build(component) {
    const { name } = component;
    const selector = { app: name };
    const ports = [{ name: 'http', port: 80, containerPort: 8080, protocol: 'TCP' as const }];
    const workload = component.object({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        replicas: 2,
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: { ...component.labels, ...selector } },
          spec: {
            containers: [
              {
                name,
                image: 'registry.example.com/stock:1.0.0',
                ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
                resources: { requests: { cpu: '100m', memory: '64Mi' } },
              },
            ],
          },
        },
      },
    });
    const service = component.object({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { selector, ports: [{ name: 'http', port: 80, targetPort: 'http', appProtocol: 'http' }] },
    });
    const labels = { 'app.kubernetes.io/name': name };
    return {
      pods: { workload, template: 'spec.template', container: name, selector, labels },
      scalable: { workload },
      exposed: { service, ports },
    };
  },
}) {}
