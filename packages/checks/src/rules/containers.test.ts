import { deployment } from '../../../../test/sample-objects.ts';
import { testRules } from '../../../../test/rule-samples.ts';
import {
  noMissingPodVolumeMount,
  requireContainerPortName,
  requireContainerResources,
  uniqueContainerName,
  uniqueContainerPortName,
} from './containers.ts';
import { requireEnvName, uniqueEnvName } from './env.ts';

const proxy = { name: 'proxy', image: 'proxy:1.0.0' };
const web = { name: 'web', image: 'web:1.0.0' };

testRules([
  {
    rule: uniqueContainerName,
    trips: [deployment({}, { pod: { initContainers: [web] } })],
    written: 'Deployment `web`: two containers are called `web`',
    passes: [
      [deployment({}, { pod: { initContainers: [proxy] } }), deployment({ name: 'web' }, { name: 'api' })],
    ],
  },
  {
    rule: uniqueContainerPortName,
    trips: [
      deployment({
        ports: [
          { name: 'http', containerPort: 1 },
          { name: 'http', containerPort: 2 },
        ],
      }),
    ],
    written: 'Deployment `web`: two ports are called `http`',
    passes: [
      [
        deployment({
          ports: [
            { name: 'http', containerPort: 1 },
            { name: 'admin', containerPort: 2 },
          ],
        }),
      ],
      [deployment({ ports: [{ containerPort: 1 }, { containerPort: 2 }] })],
    ],
  },
  {
    rule: requireContainerPortName,
    trips: [deployment({ ports: [{ containerPort: 8080 }] })],
    written: 'Deployment `web`: port 8080 of the container `web` has no name',
    passes: [[deployment()], [deployment({ ports: [] })]],
  },
  {
    rule: requireContainerResources,
    trips: [deployment({ resources: { requests: { cpu: '1' } } })],
    written: 'Deployment `web`: the container `web` requests no memory',
    passes: [
      [deployment({ resources: { requests: { cpu: '1', memory: '1Mi' } } })],
      // Kubernetes takes a limit for the request where there is none.
      [deployment({ resources: { requests: { cpu: '1' }, limits: { memory: '1Mi' } } })],
    ],
  },
  {
    rule: noMissingPodVolumeMount,
    trips: [
      deployment(
        { volumeMounts: [{ name: 'data', mountPath: '/data' }] },
        { pod: { volumes: [{ name: 'date' }] } },
      ),
    ],
    written: 'Deployment `web`: the container `web` mounts `data`, which is no volume',
    passes: [
      [
        deployment(
          { volumeMounts: [{ name: 'data', mountPath: '/data' }] },
          { pod: { volumes: [{ name: 'data' }] } },
        ),
      ],
      [
        {
          ...deployment(
            { volumeMounts: [{ name: 'data', mountPath: '/data' }] },
            { volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
          ),
          kind: 'StatefulSet',
        },
      ],
    ],
  },
  {
    rule: requireEnvName,
    trips: [deployment({ env: [{ name: '', value: 'x' }] })],
    written: 'Deployment `web`: a variable of the container `web` has no name',
    passes: [[deployment({ env: [{ name: 'X', value: '' }] })]],
  },
  {
    rule: uniqueEnvName,
    trips: [
      deployment({
        env: [
          { name: 'X', value: '1' },
          { name: 'X', value: '1' },
        ],
      }),
    ],
    written: 'Deployment `web`: `X` stands twice in the container `web`',
    passes: [
      [
        deployment(
          {
            env: [
              { name: 'X', value: '1' },
              { name: 'x', value: '1' },
            ],
          },
          { pod: { initContainers: [{ ...proxy, env: [{ name: 'X', value: '2' }] }] } },
        ),
      ],
    ],
  },
]);
