import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { eventually } from './eventually.ts';
import { type Cluster, startCluster } from './harness.ts';
import { applyText, readObject } from './objects.ts';
import { isWarm } from './suite.ts';

const OBJECTS = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 3
  selector:
    matchLabels: { app: web }
  template:
    metadata:
      labels: { app: web }
    spec:
      containers:
      - { name: web, image: 'web:1' }
---
apiVersion: batch/v1
kind: Job
metadata: { name: migrate, namespace: shop }
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - { name: migrate, image: 'web:1' }
`;

const deployment = z.looseObject({
  status: z.looseObject({ readyReplicas: z.number().optional() }).optional(),
});
const job = z.looseObject({ status: z.looseObject({ succeeded: z.number().optional() }).optional() });

describe.runIf(isWarm('workloads', ['workloads']))('with the controllers of Kubernetes', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await startCluster();
    await cluster.with(['workloads']);
    await applyText(cluster, OBJECTS);
  });

  afterAll(() => cluster.stop());

  test('the pods of a Deployment become ready', async () => {
    const name = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' };
    const ready = await eventually('web has three ready pods', async () => {
      const { status } = deployment.parse(await readObject(cluster, name));
      return status?.readyReplicas === 3 ? status.readyReplicas : undefined;
    });
    expect(ready).toBe(3);
  });

  test('a Job succeeds', async () => {
    const name = { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace: 'shop' };
    const succeeded = await eventually('migrate succeeds', async () => {
      const { status } = job.parse(await readObject(cluster, name));
      return status?.succeeded;
    });
    expect(succeeded).toBe(1);
  });
});
