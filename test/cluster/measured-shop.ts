import { WebService } from '@strake/components';
import { Application, defineOperations, Platform, render } from '@strake/core';
import { network } from '@strake/scopes';
import { disruptionBudget } from '@strake/traits';
import { canary } from '@strake/traits/flagger';
import type { Construct } from 'constructs';

/** Share of the requests to the new revision that succeed, in percent, as Istio's proxies count them. */
const SUCCESS = `100 * sum(rate(${requests(',response_code!~"5.."')})) / sum(rate(${requests('')}))`;

function requests(more: string): string {
  const workload = 'destination_workload_namespace="{{ namespace }}",destination_workload="{{ target }}"';
  return `istio_requests_total{${workload}${more}}[{{ interval }}]`;
}

/**
 * YAML of the application `shop` in an environment with closed networks: `web`, whose new revisions a Prometheus decides
 * on, and `client`, which calls it.
 */
export function measuredShop(image: string, prometheus: string): string {
  class Shop extends Application {
    readonly web: WebService;

    constructor(parent: Construct, id: string) {
      super(parent, id);
      this.web = new WebService(this, 'web', { image, ports: { http: { port: 80, containerPort: 8080 } } });
      new WebService(this, 'client', { image: 'ghcr.io/acme/client:1.0.0', ports: { http: 8080 } }).connectTo(
        this.web,
      );
    }
  }
  const measured = canary({
    interval: '10s',
    threshold: 2,
    stepWeights: [50],
    metrics: [
      {
        name: 'success',
        thresholdRange: { min: 99 },
        interval: '10s',
        query: SUCCESS,
        provider: { type: 'prometheus', address: prometheus },
      },
    ],
  });
  const { applications, findings } = render({
    project: 'shop',
    applications: { shop: Shop },
    platform: new Platform('acme', { environments: { live: {} } }).supply(network()),
    operations: [defineOperations(Shop, ({ web }) => void web.attach(measured, disruptionBudget()))],
    ownsPlatform: true,
  });
  if (findings.length > 0) throw new Error(JSON.stringify(findings, undefined, 2));
  const objects = applications.flatMap(({ manifests }) => manifests.map(({ object }) => object));
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}
