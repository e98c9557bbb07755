import { expect, test } from 'vitest';
import { makes, suppliedShop } from '../../../test/supplied-shop.ts';
import { network } from './network.ts';
import { observability } from './observability.ts';

function monitor(kind: string, labels?: Readonly<Record<string, string>>) {
  const endpoints = kind === 'PodMonitor' ? 'podMetricsEndpoints' : 'endpoints';
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind,
    metadata: { name: 'web', labels },
    spec: { selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } }, [endpoints]: [{ port: 'http' }] },
  };
}

const release = { release: 'prometheus' };

test('gives monitors and rules the labels by which Prometheus selects them', () => {
  const objects = ['ServiceMonitor', 'PodMonitor', 'PrometheusRule'].map((kind) => monitor(kind));
  const { findings, of } = suppliedShop(
    [
      observability({
        serviceMonitorSelector: release,
        ruleSelector: { role: 'alerts' },
        namespaceSelector: { scraped: 'yes' },
      }),
    ],
    ({ web }) => web.attach(makes({ objects })),
  );
  expect(findings).toEqual([]);
  expect(of('ServiceMonitor')?.metadata.labels).toMatchObject(release);
  expect(of('PodMonitor')?.metadata.labels).toMatchObject(release);
  expect(of('PrometheusRule')?.metadata.labels).toMatchObject({ role: 'alerts' });
  expect(of('PrometheusRule')?.metadata.labels).not.toMatchObject(release);
  expect(of('Namespace')?.metadata.labels).toMatchObject({ scraped: 'yes' });
});

test('warns of a monitor that is labelled for nobody', () => {
  const { findings, of } = suppliedShop([observability({ serviceMonitorSelector: release })], ({ web }) =>
    web.attach(makes({ objects: [monitor('ServiceMonitor', { release: 'old' })] })),
  );
  expect(findings.map(({ code, severity, written }) => [code, severity, written])).toEqual([
    ['monitor-unselected', 'warning', 'the ServiceMonitor `web` has the label `release: old`'],
  ]);
  expect(of('ServiceMonitor')?.metadata.labels).toMatchObject({ release: 'old' });
});

test.each(['ServiceMonitor', 'PodMonitor'])('lets Prometheus in on the port of a %s', (kind) => {
  const { findings, of } = suppliedShop([observability({ namespace: 'metrics' }), network()], ({ web }) =>
    web.attach(makes({ objects: [monitor(kind)] })),
  );
  expect(findings).toEqual([]);
  expect(of('NetworkPolicy', 'web')?.['spec']).toMatchObject({
    ingress: [
      { ports: [{ port: 8080 }] },
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'metrics' } } }],
        ports: [{ protocol: 'TCP', port: 8080 }],
      },
    ],
  });
  expect(JSON.stringify(of('NetworkPolicy', 'jobs'))).not.toContain('metrics');
});
