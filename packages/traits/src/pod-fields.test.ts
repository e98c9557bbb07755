import { CronTask, StatefulService, Task, WebService } from '@strake/components';
import { Application, defineOperations, render } from '@strake/core';
import { expect, test } from 'vitest';
import { SCHEMAS_MISSING, violations } from '../../../test/custom-resource.ts';
import { autoscale } from './autoscale.ts';
import { dns, type DnsProperties } from './dns.ts';
import { linuxNamespaces, type LinuxNamespacesProperties } from './linux-namespaces.ts';
import { podFailurePolicy } from './pod-failure-policy.ts';
import { podManagement } from './pod-management.ts';
import { ports, type PortsProperties } from './ports.ts';
import { readinessGates } from './readiness-gates.ts';
import { resources } from './resources.ts';
import { runtimeClass } from './runtime-class.ts';
import { verticalAutoscale, type VerticalAutoscaleProperties } from './index.ts';

class Shop extends Application {
  readonly web = new WebService(this, 'web', { image: 'web:1', ports: { http: 8080 } });
  readonly store = new StatefulService(this, 'store', { image: 'store:1', ports: { store: 6379 } });
  readonly task = new Task(this, 'task', { image: 'task:1' });
  readonly again = new Task(this, 'again', { image: 'task:1', restartPolicy: 'OnFailure' });
  readonly nightly = new CronTask(this, 'nightly', { image: 'task:1', schedule: '0 3 * * *' });
}

function shopWith(attach: (shop: Shop) => unknown) {
  const operations = [defineOperations(Shop, (shop) => void attach(shop))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const objects = applications[0]?.manifests.map(({ object }) => object) ?? [];
  const of = (kind: string, name = 'web') =>
    objects.find((object) => object.kind === kind && object.metadata.name === name);
  const spec = of('Deployment')?.['spec'];
  return { findings, of, spec };
}

const pod = (spec: object) => ({ template: { spec } });

test('`dns` says how names are looked up and what pods are called', () => {
  const { findings, spec } = shopWith(({ web }) =>
    web.attach(
      dns({
        dnsPolicy: 'None',
        nameservers: ['10.0.0.53'],
        searches: ['acme.internal'],
        options: { ndots: '2', edns0: true },
        hostname: 'web',
        subdomain: 'shop',
        setHostnameAsFQDN: true,
      }),
    ),
  );
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(
    pod({
      dnsPolicy: 'None',
      dnsConfig: {
        nameservers: ['10.0.0.53'],
        searches: ['acme.internal'],
        options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
      },
      hostname: 'web',
      subdomain: 'shop',
      setHostnameAsFQDN: true,
    }),
  );
});

test.each<[DnsProperties, string]>([
  [{ dnsPolicy: 'None' }, '`nameservers` of `dns` is missing'],
  [{}, '`properties` of `dns` is {}'],
  [{ nameservers: ['dns.acme'] }, '`nameservers.0` of `dns` is "dns.acme"'],
])('`dns` refuses %j', (properties, written) => {
  const { findings } = shopWith(({ web }) => web.attach(dns(properties)));
  expect(findings).toMatchObject([{ code: 'property-invalid', written }]);
});

test('`runtimeClass` and `readinessGates` write their fields', () => {
  const { findings, spec } = shopWith(({ web }) =>
    web.attach(runtimeClass({ name: 'gvisor' }), readinessGates({ conditionTypes: ['acme.dev/ready'] })),
  );
  expect(findings).toEqual([]);
  expect(spec).toMatchObject(
    pod({ runtimeClassName: 'gvisor', readinessGates: [{ conditionType: 'acme.dev/ready' }] }),
  );
});

test('`linuxNamespaces` asks why pods see the node, and keeps names of the cluster', () => {
  const host = { hostNetwork: true, hostPID: true };
  expect(shopWith(({ web }) => web.attach(linuxNamespaces(host))).findings).toMatchObject([
    { severity: 'error', written: 'pods see the node: hostNetwork, hostPID' },
  ]);
  const { findings, spec } = shopWith(({ web }) =>
    web.attach(linuxNamespaces({ ...host, reason: 'it watches the node' })),
  );
  expect(findings).toMatchObject([
    { severity: 'warning', written: expect.stringContaining('it watches the node') },
  ]);
  expect(spec).toMatchObject(pod({ ...host, dnsPolicy: 'ClusterFirstWithHostNet' }));
  expect(JSON.stringify(spec)).not.toContain('it watches');
  const own = shopWith(({ web }) =>
    web.attach(linuxNamespaces({ hostNetwork: true, reason: 'a test' }), dns({ dnsPolicy: 'Default' })),
  );
  expect(own.spec).toMatchObject(pod({ dnsPolicy: 'Default' }));
  expect(own.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test.each<[LinuxNamespacesProperties, string]>([
  [{ reason: 'none' }, 'at least one property besides `reason`'],
  [{ hostPID: true, shareProcessNamespace: true, reason: 'a' }, 'no processes shared'],
  [{ hostNetwork: true, hostUsers: false, reason: 'a' }, 'users of their own only'],
])('`linuxNamespaces` refuses %j', (properties, allowed) => {
  const { findings } = shopWith(({ web }) => web.attach(linuxNamespaces(properties)));
  expect(findings).toMatchObject([{ code: 'property-invalid', allowed: expect.stringContaining(allowed) }]);
});

test('`ports` adds ports to the container', () => {
  const { findings, spec } = shopWith(({ web }) =>
    web.attach(
      ports({
        ports: {
          metrics: 9090,
          dns: { containerPort: 53, protocol: 'UDP', hostPort: 53, hostIP: '10.0.0.1' },
        },
      }),
    ),
  );
  expect(findings).toEqual([]);
  const expected = [
    { name: 'http', containerPort: 8080 },
    { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
    { name: 'dns', containerPort: 53, protocol: 'UDP', hostPort: 53, hostIP: '10.0.0.1' },
  ];
  expect(spec).toMatchObject(pod({ containers: [{ ports: expected }] }));
});

test.each<[PortsProperties['ports'], string]>([
  [{ http: 9090 }, "the port `http` of `ports` is the container's port `http`"],
  [{ other: 8080 }, "the port `other` of `ports` is the container's port `http`"],
  [{ a: { containerPort: 1, hostIP: '10.0.0.1' } }, '`ports.a.hostPort` of `ports` is missing'],
  [{ UPPER: 1 }, '`ports.UPPER` of `ports` is given under the name `UPPER`'],
])('`ports` refuses %j', (given, written) => {
  const { findings } = shopWith(({ web }) => web.attach(ports({ ports: given })));
  expect(findings.map((each) => each.written).slice(0, 1)).toEqual([written]);
});

test('`podManagement` is for stateful services', () => {
  const persistentVolumeClaimRetentionPolicy = { whenDeleted: 'Delete', whenScaled: 'Retain' } as const;
  const properties = {
    podManagementPolicy: 'Parallel',
    persistentVolumeClaimRetentionPolicy,
    ordinalsStart: 1,
  } as const;
  const { findings, of } = shopWith(({ store }) => store.attach(podManagement(properties)));
  expect(findings).toEqual([]);
  expect(of('StatefulSet', 'store')?.['spec']).toMatchObject({
    podManagementPolicy: 'Parallel',
    persistentVolumeClaimRetentionPolicy,
    ordinals: { start: 1 },
  });
  expect(shopWith(({ web }) => web.attach(podManagement(properties))).findings).toMatchObject([
    { code: 'trait-misplaced' },
  ]);
});

test('`podFailurePolicy` is for tasks whose pods do not start again', () => {
  const policy = () =>
    podFailurePolicy({
      rules: [
        { action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } },
        { action: 'Ignore', onPodConditions: ['DisruptionTarget'] },
      ],
    });
  const { findings, of } = shopWith(({ task, nightly }) => [task.attach(policy()), nightly.attach(policy())]);
  expect(findings).toEqual([]);
  const rules = (containerName: string) => [
    { action: 'FailJob', onExitCodes: { containerName, operator: 'In', values: [42] } },
    { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
  ];
  expect(of('Job', 'task')?.['spec']).toMatchObject({ podFailurePolicy: { rules: rules('task') } });
  expect(of('CronJob', 'nightly')?.['spec']).toMatchObject({
    jobTemplate: { spec: { podFailurePolicy: { rules: rules('nightly') } } },
  });
  for (const name of ['web', 'again'] as const) {
    expect(shopWith((shop) => shop[name].attach(policy())).findings).toMatchObject([
      { code: 'trait-misplaced' },
    ]);
  }
});

const EVERYTHING: VerticalAutoscaleProperties = {
  updateMode: 'Recreate',
  controlledResources: ['cpu', 'memory'],
  controlledValues: 'RequestsOnly',
  minAllowed: { cpu: '50m', memory: '64Mi' },
  maxAllowed: { cpu: 2, memory: '2Gi' },
  minReplicas: 2,
};

test('`verticalAutoscale` leaves sidecars alone and fits the schema of its API', ({ skip }) => {
  skip(SCHEMAS_MISSING !== undefined, SCHEMAS_MISSING);
  const { findings, of } = shopWith(({ web }) => web.attach(verticalAutoscale(EVERYTHING)));
  expect(findings).toEqual([]);
  const object = of('VerticalPodAutoscaler');
  expect(object && violations(object)).toEqual([]);
  expect(object?.['spec']).toMatchObject({
    targetRef: { kind: 'Deployment', name: 'web' },
    updatePolicy: { updateMode: 'Recreate', minReplicas: 2 },
    resourcePolicy: {
      containerPolicies: [
        { containerName: 'web', maxAllowed: { cpu: '2', memory: '2Gi' } },
        { containerName: '*', mode: 'Off' },
      ],
    },
  });
});

test('`verticalAutoscale` does not change what `autoscale` counts by', () => {
  const requests = resources({ requests: { cpu: '100m', memory: '64Mi' } });
  const written = (
    vertical: VerticalAutoscaleProperties,
    horizontal: { cpu?: number; memory?: number } = {},
  ) =>
    shopWith(({ web }) =>
      web.attach(requests, verticalAutoscale(vertical), autoscale({ max: 3, ...horizontal })),
    ).findings.map((each) => each.written);
  const twice = (name: string) => [
    `\`verticalAutoscale\` changes the requests of ${name}, by whose use \`autoscale\` counts pods`,
  ];
  expect(written({ updateMode: 'Recreate' })).toEqual(twice('cpu'));
  expect(written({ updateMode: 'Recreate', controlledResources: ['memory'] }, { memory: 50 })).toEqual(
    twice('memory'),
  );
  expect(written({ updateMode: 'Recreate', controlledResources: ['memory'] })).toEqual([]);
  expect(written({ updateMode: 'Off' })).toEqual([]);
  expect(
    shopWith(({ web }) =>
      web.attach(verticalAutoscale({ minAllowed: { cpu: 1 }, maxAllowed: { cpu: '500m' } })),
    ).findings,
  ).toMatchObject([{ code: 'property-invalid', allowed: 'bounds that are not below `minAllowed`' }]);
});
