import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { containerPortsOf } from '../container-ports.ts';
import { expose } from '../expose.ts';
import { partName } from '../object-name.ts';
import { listedPorts } from '../listed-ports.ts';
import { ports } from '../ports.ts';
import { portsOf } from '../sidecar-container.ts';
import { sidecar } from '../sidecar.ts';
import { endpointOf, endpointShape, endsInTime, type EndpointProperties } from './endpoint.ts';
import { scrapedPort } from './scraped-port.ts';

export interface MetricsProperties extends EndpointProperties {
  /**
   * Name or number of the port of the pod that is scraped.
   * @default - the port `metrics`, else the only port
   */
  readonly port?: string | number;
  /**
   * Namespace in which Prometheus runs, which is let in.
   * @default 'monitoring'
   */
  readonly namespace?: string;
  /**
   * Labels of the monitor, by which Prometheus selects it: `{ release: 'kube-prometheus-stack' }`.
   * @default - those of the component only
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * The most samples of one scrape.
   * @default - no limit
   */
  readonly sampleLimit?: number;
}

/**
 * Lets Prometheus scrape a component's pods: by a ServiceMonitor where its Service has the port, else by a PodMonitor
 * (prometheus-operator.dev). The label `job` of the samples is the component's name.
 *
 * @example
 * metrics({ port: 'http', interval: '30s' })
 */
export const metrics: TraitFactory<MetricsProperties, 'pods'> = defineTrait({
  name: 'metrics',
  package: '@strake/traits',
  summary: "Lets Prometheus scrape a component's pods.",
  properties: propertiesOf<MetricsProperties>()({
    ...endpointShape,
    port: z.union([z.string().min(1), z.int().min(1).max(65_535)]).optional(),
    namespace: partName.optional(),
    labels: z.record(z.string(), z.string()).readonly().optional(),
    sampleLimit: z.int().min(1).optional(),
  })
    .refine(endsInTime, { path: ['scrapeTimeout'], error: 'at most `interval`' })
    .refine(({ basicAuth, bearerToken }) => basicAuth === undefined || bearerToken === undefined, {
      path: ['bearerToken'],
      error: 'no token beside `basicAuth`',
    }),
  needs: [Pods],
  knows: { sidecar, ports, expose },
  apply({ objects, edit, create, admit, report, component, pods, known }, properties) {
    const { port, namespace = 'monitoring', labels, sampleLimit, ...endpoint } = properties;
    const container = edit(pods.workload).at(pods.template).at(['spec', 'containers', pods.container]);
    const present = [
      ...containerPortsOf(container.read('ports')),
      ...listedPorts(known.ports?.ports ?? {}),
      ...Object.values(known.sidecar?.containers ?? {}).flatMap(portsOf),
    ];
    // A second Service has the component's labels too, and each pod would be found by both.
    const isServedTwice = known.expose?.name !== undefined;
    const services = isServedTwice ? [] : objects().filter(({ kind }) => kind === 'Service');
    const scraped = scrapedPort(port, present, services);
    if ('problem' in scraped) return report(scraped.problem);
    const { containerPort } = scraped;
    const place = scraped.by === 'number' ? { portNumber: containerPort } : { port: scraped.name };
    const isByService = scraped.by === 'service';
    const endpoints = [{ ...place, ...endpointOf(endpoint) }];
    create({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: isByService ? 'ServiceMonitor' : 'PodMonitor',
      metadata: { name: component.name, labels },
      spec: {
        jobLabel: 'app.kubernetes.io/name',
        selector: { matchLabels: pods.labels },
        sampleLimit,
        [isByService ? 'endpoints' : 'podMetricsEndpoints']: endpoints,
      },
    });
    admit({ namespace, port: containerPort });
  },
});
