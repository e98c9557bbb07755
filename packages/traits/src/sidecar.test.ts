import { Task, WebService } from '@strake/components';
import { Application, defineOperations, Platform, render } from '@strake/core';
import { expect, test } from 'vitest';
import { operatedShop } from '../../../test/operated-shop.ts';
import { ports } from './ports.ts';
import { sidecar, type SidecarProperties } from './sidecar.ts';
import { storage } from './storage.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 } });
}

function shopWith(properties: SidecarProperties) {
  const operations = [defineOperations(Shop, (shop) => void shop.web.attach(sidecar(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = (applications[0]?.manifests ?? []).map(({ object }) => object);
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  return { findings, objects, deployment, spec: deployment?.['spec'] };
}

const SHIPPER = {
  image: 'fluent/fluent-bit:4.0.3',
  args: ['-c', '/etc/fluent-bit.conf'],
  ports: { metrics: 2020, probe: { containerPort: 2021, protocol: 'TCP' } },
  env: { NODE: { valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } } },
  resources: { limits: { memory: '64Mi' } },
  probes: {
    readiness: { httpGet: { path: '/api/v1/health', port: 'metrics' } },
    startup: { grpc: { port: 'probe' } },
  },
} as const;

test('starts a sidecar before the container and ends it after', () => {
  const { findings, spec } = shopWith({ containers: { shipper: SHIPPER } });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject({
    template: {
      spec: {
        containers: [{ name: 'web' }],
        initContainers: [
          {
            name: 'shipper',
            restartPolicy: 'Always',
            image: 'fluent/fluent-bit:4.0.3',
            args: ['-c', '/etc/fluent-bit.conf'],
            ports: [
              { name: 'metrics', containerPort: 2020, protocol: 'TCP' },
              { name: 'probe', containerPort: 2021, protocol: 'TCP' },
            ],
            env: [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
            resources: { limits: { memory: '64Mi' } },
            readinessProbe: { httpGet: { path: '/api/v1/health', port: 'metrics' } },
            startupProbe: { grpc: { port: 2021 } },
          },
        ],
      },
    },
  });
});

test('is an ordinary container where Kubernetes has no sidecars, and says so', () => {
  const operations = [
    defineOperations(
      Shop,
      (shop) => void shop.web.attach(sidecar({ containers: { shipper: { image: 'a:1' } } })),
    ),
  ];
  const platform = new Platform('acme', {
    environments: { new: { kubernetes: '1.29' }, old: { kubernetes: '1.28' } },
  });
  const { applications, findings } = render({
    project: 'shop',
    platform,
    applications: { shop: Shop },
    operations,
  });
  expect(findings).toMatchObject([{ severity: 'warning', environments: ['old'] }]);
  const texts = applications.map(({ manifests }) => JSON.stringify(manifests.map(({ object }) => object)));
  expect(texts[0]).toContain('"initContainers":[{"name":"shipper"');
  expect(texts[1]).not.toContain('initContainers');
  expect(texts[1]).toContain('{"name":"shipper","image":"a:1"}');
});

test('refuses pods that are to end where Kubernetes has no sidecars', () => {
  class Nightly extends Application {
    readonly job = new Task(this, 'job', { image: 'a:1' }).attach(
      sidecar({ containers: { shipper: { image: 'a:1' } } }),
    );
  }
  const findingsOf = (kubernetes: string) => {
    const platform = new Platform('acme', { environments: { live: { kubernetes } } });
    return render({ project: 'nightly', platform, applications: { nightly: Nightly } }).findings;
  };
  expect(findingsOf('1.28')).toMatchObject([{ severity: 'error', path: 'nightly/job' }]);
  expect(findingsOf('1.29')).toEqual([]);
});

test('names ports that the trait `ports` gives to the container, by number and by name', () => {
  const findingsOf = (port: string, number: number) =>
    operatedShop(({ web }) =>
      web.attach(
        sidecar({ containers: { exporter: { image: 'a:1', ports: { [port]: number } } } }),
        ports({ ports: { metrics: 9090 } }),
      ),
    ).findings.map(({ written }) => written);
  expect(findingsOf('stats', 9090)).toEqual(['`web` and `exporter` both listen on 9090/TCP']);
  expect(findingsOf('metrics', 9104)).toEqual(['`web` and `exporter` both have a port `metrics`']);
  expect(findingsOf('stats', 9104)).toEqual([]);
});

test('names ports that the container listens on already', () => {
  expect(shopWith({ containers: { proxy: { image: 'a:1', ports: { http: 8080 } } } }).findings).toMatchObject(
    [{ code: 'property-invalid', written: '`web` and `proxy` both listen on 8080/TCP' }],
  );
});

test('names probes at ports that the sidecar does not have', () => {
  const probes = { liveness: { tcpSocket: { port: 'http' } } };
  expect(
    shopWith({ containers: { proxy: { image: 'a:1', ports: { admin: 9901 }, probes } } }).findings,
  ).toMatchObject([
    {
      code: 'reference-unknown',
      written: '`liveness` of the sidecar `proxy` asks at the port `http`',
      allowed: '`admin`',
    },
  ]);
});

test('mounts the volumes of storage, and names others', () => {
  class Logging extends Application {
    readonly web = new WebService(this, 'web', { image: 'a:1', ports: { http: 8080 } }).attach(
      sidecar({ containers: { shipper: { image: 'b:1', mounts: { '/in': 'logs', '/out': 'spool' } } } }),
      storage({ volumes: { logs: { emptyDir: {}, mountPath: '/logs' } } }),
    );
  }
  expect(render({ project: 'logging', applications: { logging: Logging } }).findings).toMatchObject([
    {
      code: 'reference-unknown',
      written: '`shipper` mounts the volume `spool` at `/out`',
      allowed: '`logs`',
    },
  ]);
});
