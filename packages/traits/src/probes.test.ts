import { WebService, Worker } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { probes, type ProbesProperties } from './probes.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', {
    image: 'ghcr.io/acme/web:1.0.0',
    ports: { http: { port: 80, containerPort: 8080 }, grpc: 9090 },
  });
  readonly mailer = new Worker(this, 'mailer', { image: 'ghcr.io/acme/mailer:1.0.0' });
}

function shopWith(properties: ProbesProperties, component: 'web' | 'mailer' = 'web') {
  const operations = [defineOperations(Shop, (shop) => void shop[component].attach(probes(properties)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const deployment = applications[0]?.manifests.find(
    ({ object }) => object.kind === 'Deployment' && object.metadata.name === component,
  );
  return { findings, spec: deployment?.object['spec'] };
}

const written = (container: object) => ({ template: { spec: { containers: [container] } } });

test('asks by HTTP, TCP, a command and gRPC', () => {
  const { findings, spec } = shopWith({
    liveness: {
      httpGet: { path: '/healthz', port: 'http' },
      periodSeconds: 5,
      terminationGracePeriodSeconds: 10,
    },
    readiness: { grpc: { port: 'grpc', service: 'cart' }, successThreshold: 2 },
    startup: { exec: { command: ['test', '-f', '/ready'] }, failureThreshold: 30 },
  });
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(
    written({
      livenessProbe: {
        httpGet: { path: '/healthz', port: 'http' },
        periodSeconds: 5,
        terminationGracePeriodSeconds: 10,
      },
      readinessProbe: { grpc: { port: 9090, service: 'cart' }, successThreshold: 2 },
      startupProbe: { exec: { command: ['test', '-f', '/ready'] }, failureThreshold: 30 },
    }),
  );
  expect(shopWith({ liveness: { tcpSocket: { port: 8081 } } }).spec).toMatchObject(
    written({ livenessProbe: { tcpSocket: { port: 8081 } } }),
  );
});

test('leaves out a probe that is undefined', () => {
  const { findings, spec } = shopWith({ liveness: undefined, readiness: { tcpSocket: { port: 'http' } } });
  expect(findings).toEqual([]);
  expect(JSON.stringify(spec)).not.toContain('livenessProbe');
});

test('names the ports that exist when a probe asks at another one', () => {
  expect(shopWith({ liveness: { tcpSocket: { port: 'htpp' } } }).findings).toMatchObject([
    {
      code: 'reference-unknown',
      path: 'shop/web',
      written: '`liveness` of `probes` asks at the port `htpp`',
      allowed: '`http`, `grpc`',
      fix: 'Did you mean `http`?',
    },
  ]);
  expect(shopWith({ readiness: { httpGet: { port: 'http' } } }, 'mailer').findings).toMatchObject([
    {
      code: 'reference-unknown',
      allowed: 'a port number; the container has no ports',
      fix: 'Name a port of the container, or give the number of one.',
    },
  ]);
});

test('rejects several ways to ask, and none', () => {
  const allowed = 'exactly one of `httpGet`, `tcpSocket`, `exec` and `grpc`';
  const both = { tcpSocket: { port: 80 }, exec: { command: ['true'] } };
  expect(shopWith({ liveness: both }).findings).toMatchObject([{ code: 'property-invalid', allowed }]);
  expect(shopWith({ readiness: { periodSeconds: 5 } }).findings).toMatchObject([
    { code: 'property-invalid', allowed },
  ]);
  expect(shopWith({}).findings).toMatchObject([{ code: 'property-invalid' }]);
});

test('rejects what Kubernetes takes of other probes only', () => {
  const tcpSocket = { port: 80 };
  // @ts-expect-error a liveness probe succeeds at once
  const liveness = shopWith({ liveness: { tcpSocket, successThreshold: 2 } });
  expect(liveness.findings).toMatchObject([{ code: 'property-unknown' }]);
  // @ts-expect-error nothing is killed when a readiness probe fails
  const readiness = shopWith({ readiness: { tcpSocket, terminationGracePeriodSeconds: 2 } });
  expect(readiness.findings).toMatchObject([{ code: 'property-unknown' }]);
});
