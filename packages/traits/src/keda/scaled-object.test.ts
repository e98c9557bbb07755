import { Worker } from '@strake/components';
import {
  Application,
  Claim,
  defineComponent,
  defineOperations,
  propertiesOf,
  render,
  type Trait,
} from '@strake/core';
import { expect, expectTypeOf, test } from 'vitest';
import { SCHEMAS_MISSING, violations } from '../../../../test/custom-resource.ts';
import { autoscale } from '../autoscale.ts';
import { replicas } from '../replicas.ts';
import { resources } from '../resources.ts';
import { scaledObject, type ScaledObjectProperties, type TriggerProperties } from './index.ts';

/** A claim that is fulfilled already. */
class Login extends defineComponent({
  name: 'login',
  package: 'test',
  summary: 'Claims a login.',
  properties: propertiesOf<{}>()({}),
  offers: [Claim],
  build: ({ name }) => ({ claim: { kind: 'secret', name, keys: ['password'] } }),
}) {}

class Shop extends Application {
  readonly jobs = new Worker(this, 'jobs', { image: 'ghcr.io/acme/jobs:1.0.0' });
  readonly login = new Login(this, 'login', {});
}

function shopWith(make: (shop: Shop) => Trait<'pods' | 'scalable'>[]) {
  const operations = [defineOperations(Shop, (shop) => void shop.jobs.attach(...make(shop)))];
  const { applications, findings } = render({ project: 'shop', applications: { shop: Shop }, operations });
  const manifests = applications[0]?.manifests ?? [];
  const of = (kind: string) =>
    manifests.filter(({ object }) => object.kind === kind).map(({ object }) => object);
  const jobs = manifests.find(
    ({ object }) => object.metadata.name === 'jobs' && object.kind === 'Deployment',
  );
  return {
    findings: findings.filter(({ code }) => code !== 'claim-unsupplied'),
    of,
    jobs,
    spec: of('ScaledObject')[0]?.['spec'],
  };
}

const cron: TriggerProperties = {
  type: 'cron',
  metadata: { timezone: 'Europe/Berlin', start: '0 8 * * 1-5', end: '0 18 * * 1-5', desiredReplicas: 5 },
};
const scaled = (properties: Partial<ScaledObjectProperties> = {}) =>
  scaledObject({ maxReplicaCount: 10, triggers: [cron], ...properties });

/** One trigger of each type, with every field of its metadata that there is. */
function triggers(shop: Shop): TriggerProperties[] {
  const secretTargetRef = {
    password: { claim: shop.login, key: 'password' },
    user: { name: 'other', key: 'user' },
  };
  return [
    cron,
    { type: 'cpu', metricType: 'Utilization', metadata: { value: 70 } },
    { type: 'memory', metricType: 'AverageValue', metadata: { value: '500Mi', containerName: 'other' } },
    {
      type: 'prometheus',
      name: 'orders',
      useCachedMetrics: true,
      metricType: 'Value',
      metadata: {
        serverAddress: 'http://prometheus.monitoring:9090',
        query: 'sum(orders)',
        threshold: 100.5,
        activationThreshold: 1,
        namespace: 'a',
        ignoreNullValues: false,
        unsafeSsl: true,
        authModes: 'basic',
        timeout: 1000,
      },
    },
    {
      type: 'kafka',
      metadata: {
        bootstrapServers: 'kafka:9092',
        consumerGroup: 'jobs',
        topic: 'orders',
        lagThreshold: 5,
        activationLagThreshold: 1,
        offsetResetPolicy: 'latest',
        allowIdleConsumers: true,
        excludePersistentLag: false,
        limitToPartitionsWithLag: false,
        sasl: 'plaintext',
        tls: 'enable',
        version: '3.0.0',
      },
    },
    {
      type: 'rabbitmq',
      authentication: { secretTargetRef },
      metadata: {
        queueName: 'mails',
        mode: 'QueueLength',
        value: 20,
        activationValue: 1,
        hostFromEnv: 'HOST',
        protocol: 'amqp',
        vhostName: '/',
        useRegex: false,
        excludeUnacknowledged: true,
      },
    },
    {
      type: 'redis',
      authenticationRef: { name: 'redis', kind: 'ClusterTriggerAuthentication' },
      metadata: {
        address: 'redis:6379',
        listName: 'jobs',
        listLength: 3,
        activationListLength: 1,
        databaseIndex: 1,
        enableTLS: false,
        usernameFromEnv: 'USER',
        passwordFromEnv: 'PASSWORD',
      },
    },
    {
      type: 'aws-sqs-queue',
      name: 'sqs',
      authentication: { podIdentity: { provider: 'aws', identityOwner: 'workload' } },
      metadata: {
        queueURL: 'jobs',
        awsRegion: 'eu-central-1',
        queueLength: 5,
        activationQueueLength: 1,
        scaleOnInFlight: true,
        scaleOnDelayed: true,
      },
    },
    {
      type: 'azure-servicebus',
      authentication: { env: { connection: 'CONNECTION' } },
      metadata: {
        topicName: 'jobs',
        subscriptionName: 'jobs',
        namespace: 'bus',
        messageCount: 3,
        activationMessageCount: 1,
        connectionFromEnv: 'CONNECTION',
      },
    },
    {
      type: 'postgresql',
      metadata: {
        query: 'SELECT 1',
        targetQueryValue: 1,
        activationTargetQueryValue: 0,
        connectionFromEnv: 'C',
        host: 'db',
        port: 5432,
        userName: 'shop',
        passwordFromEnv: 'P',
        dbName: 'shop',
        sslmode: 'require',
      },
    },
  ];
}

const EVERYTHING: Omit<ScaledObjectProperties, 'triggers'> = {
  otherTriggers: [{ type: 'mongodb', metadata: { dbName: 'shop', queryValue: 5, strict: true } }],
  minReplicaCount: 1,
  maxReplicaCount: 10,
  idleReplicaCount: 0,
  pollingInterval: 15,
  cooldownPeriod: 60,
  initialCooldownPeriod: 10,
  fallback: { failureThreshold: 3, replicas: 2, behavior: 'currentReplicasIfHigher' },
  behavior: {
    scaleDown: { stabilizationWindowSeconds: 60, policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] },
  },
  scalingModifiers: { formula: 'orders / 2', target: 10, activationTarget: 1, metricType: 'AverageValue' },
  restoreToOriginalReplicaCount: true,
};
const requests = resources({ requests: { cpu: '100m', memory: '64Mi' } });

test('scales the workload between no pods and the maximum, and writes metadata as texts', () => {
  const { findings, spec, jobs } = shopWith(() => [scaled()]);
  expect(findings).toEqual([]);
  expect(spec).toEqual({
    scaleTargetRef: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name: 'jobs',
      envSourceContainerName: 'jobs',
    },
    minReplicaCount: 0,
    maxReplicaCount: 10,
    triggers: [
      {
        type: 'cron',
        metadata: {
          timezone: 'Europe/Berlin',
          start: '0 8 * * 1-5',
          end: '0 18 * * 1-5',
          desiredReplicas: '5',
        },
      },
    ],
  });
  expect(jobs?.object['spec']).not.toHaveProperty('replicas');
  expect(jobs?.delegations).toMatchObject([{ steps: ['spec', 'replicas'], to: 'KEDA' }]);
});

test('writes what the schemas of KEDA have, with every property that there is', ({ skip }) => {
  skip(SCHEMAS_MISSING !== undefined, SCHEMAS_MISSING);
  const { findings, of } = shopWith((shop) => [
    requests,
    scaledObject({ ...EVERYTHING, triggers: triggers(shop) }),
  ]);
  expect(findings).toEqual([]);
  const objects = [...of('ScaledObject'), ...of('TriggerAuthentication')];
  expect(objects).toHaveLength(4);
  for (const object of objects) expect(violations(object)).toEqual([]);
});

test('makes an authentication of a claim, of an identity and of variables, and points the trigger to it', () => {
  const { of, spec } = shopWith((shop) => [
    requests,
    scaledObject({ maxReplicaCount: 9, triggers: triggers(shop) }),
  ]);
  expect(of('TriggerAuthentication').map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
    [
      'jobs-5',
      {
        secretTargetRef: [
          { parameter: 'password', name: 'login', key: 'password' },
          { parameter: 'user', name: 'other', key: 'user' },
        ],
      },
    ],
    ['jobs-sqs', { podIdentity: { provider: 'aws', identityOwner: 'workload' } }],
    ['jobs-8', { env: [{ parameter: 'connection', name: 'CONNECTION', containerName: 'jobs' }] }],
  ]);
  expect(spec).toMatchObject({
    triggers: expect.arrayContaining([
      expect.objectContaining({ type: 'aws-sqs-queue', authenticationRef: { name: 'jobs-sqs' } }),
      expect.objectContaining({
        type: 'redis',
        authenticationRef: { name: 'redis', kind: 'ClusterTriggerAuthentication' },
      }),
      expect.objectContaining({ type: 'cpu', metadata: { containerName: 'jobs', value: '70' } }),
    ]),
  });
});

test('takes the count of `replicas` as the fewest pods', () => {
  expect(shopWith(() => [replicas({ count: 3 }), scaled()]).spec).toMatchObject({ minReplicaCount: 3 });
  expect(shopWith(() => [replicas({ count: 30 }), scaled()]).findings).toMatchObject([
    {
      written: '`minReplicaCount` is 30 in `scaledObject`',
      allowed: 'at most `maxReplicaCount`, which is 10',
    },
  ]);
});

test('excludes `autoscale`', () => {
  const { findings } = shopWith(() => [requests, scaled(), autoscale({ max: 3 })]);
  expect(findings.map(({ code }) => code)).toContain('trait-conflict');
});

test.each<[string, Partial<ScaledObjectProperties>, string]>([
  ['no trigger', { triggers: [] }, '`triggers` of `scaledObject` is []'],
  ['a minimum above the maximum', { minReplicaCount: 11 }, '`maxReplicaCount` of `scaledObject` is 10'],
  [
    'an idle count that is none',
    { idleReplicaCount: 0, minReplicaCount: 0 },
    '`idleReplicaCount` of `scaledObject` is 0',
  ],
  [
    'a known type among the others',
    { otherTriggers: [{ type: 'kafka', metadata: {} }] },
    '`otherTriggers` has a trigger of the type `kafka` in `scaledObject`',
  ],
  [
    'one name for two triggers',
    {
      triggers: [
        { ...cron, name: 'a' },
        { ...cron, name: 'a' },
      ],
    },
    'two triggers are named `a` in `scaledObject`',
  ],
  [
    'use without pods',
    { minReplicaCount: 0, triggers: [{ type: 'cpu', metricType: 'AverageValue', metadata: { value: '1' } }] },
    '`minReplicaCount` is 0 beside triggers by use alone in `scaledObject`',
  ],
  [
    'use without a request',
    { triggers: [{ type: 'cpu', metricType: 'Utilization', metadata: { value: 50 } }] },
    '`scaledObject` aims at a use of cpu, of which the container requests nothing',
  ],
  [
    'a fallback that never holds',
    {
      fallback: { failureThreshold: 1, replicas: 1 },
      triggers: [{ type: 'cpu', metricType: 'AverageValue', metadata: { value: '1' } }],
    },
    '`fallback` stands beside triggers by use alone in `scaledObject`',
  ],
  [
    'a schedule that is none',
    { triggers: [{ ...cron, metadata: { ...cron.metadata, start: 'daily' } }] },
    '`triggers.0.metadata.start` of `scaledObject` is "daily"',
  ],
])('names %s', (_, properties, written) => {
  expect(shopWith(() => [scaled(properties)]).findings.map((each) => each.written)).toEqual([written]);
});

test('names a key that the claim does not have', () => {
  const { findings } = shopWith((shop) => [
    scaled({
      triggers: [
        { ...cron, authentication: { secretTargetRef: { user: { claim: shop.login, key: 'user' } } } },
      ],
    }),
  ]);
  expect(findings).toMatchObject([{ code: 'property-invalid', allowed: 'a key that the claim has' }]);
});

test('names a metadata field that the scaler does not have', () => {
  expectTypeOf(scaledObject).parameter(0).toEqualTypeOf<ScaledObjectProperties>();
  // @ts-expect-error the cron scaler has no `replicas`
  const trigger: TriggerProperties = { type: 'cron', metadata: { ...cron.metadata, replicas: 3 } };
  expect(shopWith(() => [scaled({ triggers: [trigger] })]).findings).toMatchObject([
    { code: 'property-unknown' },
  ]);
});
