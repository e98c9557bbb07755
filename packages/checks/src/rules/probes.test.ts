import { tripsOn } from '@strake/testing';
import { expect, test } from 'vitest';
import { deployment } from '../../../../test/sample-objects.ts';
import { testRules } from '../../../../test/rule-samples.ts';
import { requireProbe, validProbePort } from './probes.ts';
import { noHostAccess, requireSecurityContext } from './security.ts';

const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

testRules([
  {
    rule: requireProbe,
    trips: [deployment({ livenessProbe: { tcpSocket: { port: 'http' } } })],
    written: 'Deployment `web`: the container `web` has ports and no readiness probe',
    passes: [
      [deployment({ readinessProbe: { tcpSocket: { port: 'http' } } })],
      [deployment({ ports: [] })],
      [{ ...deployment(), apiVersion: 'batch/v1', kind: 'Job' }],
    ],
  },
  {
    rule: validProbePort,
    trips: [deployment({ readinessProbe: { httpGet: { port: 'https' } } })],
    written: 'Deployment `web`: `readinessProbe` of the container `web` calls the port `https`',
    passes: [
      [deployment({ readinessProbe: { httpGet: { port: 'http' } } })],
      [deployment({ livenessProbe: { tcpSocket: { port: 9 } } })],
    ],
  },
  {
    rule: requireSecurityContext,
    trips: [deployment({ securityContext: restricted })],
    written: 'Deployment `web`: the container `web` lacks `runAsNonRoot: true`',
    passes: [
      [deployment({ securityContext: { ...restricted, runAsNonRoot: true } })],
      [deployment({ securityContext: restricted }, { pod: { securityContext: { runAsNonRoot: true } } })],
    ],
  },
  {
    rule: noHostAccess,
    trips: [
      deployment(
        { securityContext: { privileged: true }, ports: [{ containerPort: 1, hostPort: 1 }] },
        { pod: { hostNetwork: true, volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }] } },
      ),
    ],
    written: 'Deployment `web`: the pod has `hostNetwork`, `hostPath`, `privileged`, `hostPort`',
    passes: [
      [
        deployment(
          { securityContext: { privileged: false } },
          { pod: { hostNetwork: false, volumes: [{ name: 'logs', emptyDir: {} }] } },
        ),
      ],
    ],
  },
]);

test('names the port that a misspelt one was likely meant to be', () => {
  const fixOf = (port: string) =>
    tripsOn(validProbePort, [deployment({ readinessProbe: { httpGet: { port } } })])[0]?.fix;
  expect(fixOf('htpp')).toBe('Did you mean `http`?');
  expect(fixOf('admin')).toBe("Name one of the container's ports.");
});
