import type { JsonObject } from '@strake/core';
import type { SampleKind } from './sample-kinds.ts';

export const LABELS = { app: 'web' };
export const WEB = {
  name: 'web',
  image: 'web:1',
  args: ['serve'],
  ports: [
    { name: 'http', containerPort: 80 },
    { containerPort: 80, protocol: 'UDP' },
  ],
  env: [
    { name: 'LEVEL', value: 'info' },
    { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'a' } } },
  ],
  readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 },
};
export const POD: JsonObject = {
  containers: [WEB, { name: 'side', image: 'side:1' }],
  volumes: [
    { name: 'tmp', emptyDir: {} },
    { name: 'conf', configMap: { name: 'conf' } },
  ],
  tolerations: [{ key: 'spot', operator: 'Exists' }],
};

export const POD_FRAGMENTS: readonly JsonObject[] = [
  { containers: [{ name: 'web', image: 'web:2' }] },
  { containers: [{ name: 'web', image: 'web:3', env: [] }] },
  { containers: [{ name: 'web', env: [{ name: 'LEVEL', value: 'debug' }] }] },
  {
    containers: [
      { name: 'web', env: [{ name: 'LEVEL', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
    ],
  },
  { containers: [{ name: 'web', env: [{ name: 'KEY', value: 'plain' }] }] },
  { containers: [{ name: 'web', env: [{ name: 'KEY', valueFrom: { secretKeyRef: { key: 'b' } } }] }] },
  {
    containers: [
      { name: 'web', env: [{ name: 'KEY', valueFrom: { configMapKeyRef: { name: 'c', key: 'b' } } }] },
    ],
  },
  {
    containers: [
      {
        name: 'web',
        env: [
          { name: 'NEW', value: 'x' },
          { name: 'MORE', value: 'y' },
        ],
      },
    ],
  },
  { containers: [{ name: 'web', ports: [{ containerPort: 80, name: 'web' }] }] },
  { containers: [{ name: 'web', ports: [{ containerPort: 9090, protocol: 'TCP' }] }] },
  { containers: [{ name: 'web', readinessProbe: { tcpSocket: { port: 80 } } }] },
  { containers: [{ name: 'web', readinessProbe: { httpGet: { path: '/healthz' }, periodSeconds: 9 } }] },
  { containers: [{ name: 'web', args: ['no'] }] },
  { containers: [{ name: 'web', resources: { limits: {} } }] },
  { containers: [{ name: 'agent', image: 'agent:1', env: [{ name: 'LEVEL', value: 'info' }] }] },
  { containers: [{ name: 'agent', image: 'agent:2' }] },
  { containers: [{ image: 'nameless' }] },
  { containers: [{ name: 'proxy', image: 'proxy:1', volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] }] },
  { containers: { web: { image: 'web:9' } } },
  { volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }] },
  { volumes: [{ name: 'tmp', configMap: { name: 'tmp' } }] },
  {
    volumes: [
      { name: 'conf', secret: { secretName: 'conf' } },
      { name: 'data', emptyDir: {} },
    ],
  },
  { topologySpreadConstraints: [{ topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 1 }] },
  { topologySpreadConstraints: [{ topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 2 }] },
  { securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'a' } } },
  { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
  { securityContext: { seccompProfile: { localhostProfile: 'b' } } },
  { securityContext: { runAsUser: null } },
  { securityContext: {} },
];

export const POD_PLACES: SampleKind['places'] = [
  ['containers', [[{ name: 'only', image: 'only:1' }], [{ name: 'side', image: 'side:2' }, WEB], [WEB, WEB]]],
  ['containers[web]', [{ name: 'web', image: 'web:7' }]],
  ['containers[web].image', ['web:1', 'web:4', 'web:5']],
  ['containers[web].args', [['a'], ['a', 'b'], []]],
  ['containers[web].env', [[{ name: 'LEVEL', value: 'warn' }], []]],
  ['containers[web].env[LEVEL]', [{ name: 'LEVEL', value: 'set' }]],
  ['containers[web].env[LEVEL].value', ['set', 'info']],
  ['containers[web].env[KEY].valueFrom', [{ fieldRef: { fieldPath: 'x' } }]],
  ['containers[web].env[KEY].valueFrom.secretKeyRef.key', ['a', 'z']],
  ['containers[web].env[NEW].value', ['new']],
  ['containers[web].ports[80].name', ['http', 'port']],
  ['containers[web].ports[80/UDP]', [{ containerPort: 80, protocol: 'UDP', name: 'dns' }]],
  ['containers[web].readinessProbe', [{ exec: { command: ['true'] } }]],
  [
    'containers[web].readinessProbe.httpGet',
    [
      { path: '/', port: 80 },
      { path: '/x', port: 80 },
    ],
  ],
  ['containers[web].readinessProbe.httpGet.path', ['/', '/y']],
  ['containers[agent].image', ['agent:9']],
  ['containers[agent]', [{ name: 'agent', image: 'agent:3' }]],
  ['containers[nope].image', ['nope']],
  ['volumes[tmp]', [{ name: 'tmp', emptyDir: { medium: 'Memory' } }]],
  ['volumes[tmp].emptyDir', [{}, { medium: 'Memory' }]],
  ['tolerations', [[], [{ key: 'gpu' }]]],
  ['tolerations[spot].key', ['x']],
  ['securityContext', [{ runAsUser: 1 }, 'text']],
  ['securityContext.seccompProfile.type', ['Localhost', 'Unconfined']],
  ['securityContext.runAsUser', [1, 2]],
];

export const POD_LISTS: SampleKind['lists'] = [
  ['containers[web].args', ['a', 'b', '--verbose']],
  ['tolerations', [{ key: 'spot', operator: 'Exists' }, { key: 'gpu' }, { key: 'arm' }]],
  ['containers', [{ name: 'late' }]],
  ['securityContext', ['odd']],
];
