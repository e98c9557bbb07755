import { expect, test } from 'vitest';
import { passes, tripsOn } from '@strake/testing';
import { deployment, object } from '../../../../test/sample-objects.ts';
import { testRules } from '../../../../test/rule-samples.ts';
import { validMeshPortName } from './mesh.ts';
import { noMissingServicePods } from './service-pods.ts';
import { noMissingService } from './service-references.ts';
import {
  banServiceType,
  requireServicePortName,
  requireServiceSelector,
  uniqueServicePortName,
} from './services.ts';

const service = (spec: Parameters<typeof object>[2], name = 'web') => object('v1/Service', name, spec);
const rulesOf = [
  { http: { paths: [{ path: '/', backend: { service: { name: 'web', port: { number: 80 } } } }] } },
];
const ingress = object('networking.k8s.io/v1/Ingress', 'web', { rules: rulesOf });
const route = (host: string) =>
  object('networking.istio.io/v1/VirtualService', 'web', { http: [{ route: [{ destination: { host } }] }] });
const meshed = object(
  'v1/Namespace',
  'shop',
  {},
  { metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } } },
);

testRules([
  {
    rule: requireServicePortName,
    trips: [service({ ports: [{ name: 'http', port: 80 }, { port: 81 }] })],
    written: 'Service `web`: one of its 2 ports has no name',
    passes: [[service({ ports: [{ port: 80 }] })]],
  },
  {
    rule: uniqueServicePortName,
    trips: [
      service({
        ports: [
          { name: 'http', port: 80 },
          { name: 'http', port: 81 },
        ],
      }),
    ],
    written: 'Service `web`: two ports are called `http`',
    passes: [
      [
        service({
          ports: [
            { name: 'http', port: 80 },
            { name: 'admin', port: 81 },
          ],
        }),
      ],
    ],
  },
  {
    rule: requireServiceSelector,
    trips: [service({ selector: {} })],
    written: 'Service `web`: it has no selector and no endpoints',
    passes: [
      [service({ selector: { app: 'web' } })],
      [service({ type: 'ExternalName', externalName: 'example.com' })],
      [
        service({}),
        object(
          'discovery.k8s.io/v1/EndpointSlice',
          'web-1',
          {},
          {
            metadata: { name: 'web-1', labels: { 'kubernetes.io/service-name': 'web' } },
          },
        ),
      ],
    ],
  },
  {
    rule: banServiceType({ types: ['NodePort', 'ClusterIP'] }),
    trips: [service({ type: 'NodePort' }), service({}, 'api')],
    written: ['Service `web`: its type is `NodePort`', 'Service `api`: its type is `ClusterIP`'],
    passes: [[service({ type: 'LoadBalancer' })]],
  },
  {
    rule: noMissingServicePods,
    trips: [
      deployment(),
      service({ selector: { app: 'wep' } }),
      service({ selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'https' }] }, 'secure'),
    ],
    written: [
      'Service `web`: it selects no pods in namespace `shop`',
      'Service `secure`: no pod that it selects has a port called `https`',
    ],
    passes: [
      [deployment(), service({ selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] })],
      [deployment(), service({ selector: { app: 'web' }, ports: [{ port: 80, targetPort: 9999 }] })],
      [service({})],
    ],
  },
  {
    rule: noMissingService,
    trips: [ingress, route('api.payments.svc.cluster.local')],
    written: [
      'Ingress `web`: Service `web` is not in namespace `shop`',
      'VirtualService `web`: Service `api` is not in namespace `payments`',
    ],
    passes: [
      [ingress, route('web'), service({})],
      [route('api.example.com')],
      [
        ingress,
        object('flagger.app/v1beta1/Canary', 'web', { targetRef: { kind: 'Deployment', name: 'web' } }),
      ],
      [
        object('gateway.networking.k8s.io/v1/HTTPRoute', 'web', {
          rules: [{ backendRefs: [{ name: 'web' }, { kind: 'Import', group: 'acme.com', name: 'none' }] }],
        }),
        service({}),
      ],
    ],
  },
  {
    rule: validMeshPortName,
    trips: [
      meshed,
      service({
        ports: [
          { name: 'web', port: 80 },
          { name: 'httpx', port: 81 },
        ],
      }),
    ],
    written: [
      'Service `web`: the port `web` does not say its protocol',
      'Service `web`: the port `httpx` does not say its protocol',
    ],
    passes: [
      [
        meshed,
        service({
          ports: [
            { name: 'http-web', port: 80 },
            { name: 'grpc', port: 81 },
          ],
        }),
      ],
      [meshed, service({ ports: [{ name: 'web', port: 80, appProtocol: 'http' }] })],
      [service({ ports: [{ name: 'web', port: 80 }] })],
    ],
  },
]);

test('a Service that is missing is said once for an object', () => {
  expect(tripsOn(noMissingService, [{ ...ingress, spec: { rules: [...rulesOf, ...rulesOf] } }])).toHaveLength(
    1,
  );
});

test('a Service finds pods of another application in its namespace', () => {
  const api = { application: 'api', namespace: 'shop', objects: [deployment({}, { name: 'api' })] };
  const shop = { objects: [service({ selector: { app: 'api' } })] };
  expect(() => passes(noMissingServicePods, shop, api)).not.toThrow();
  expect(() => passes(noMissingServicePods, shop, { ...api, namespace: 'api' })).toThrow(
    'it selects no pods',
  );
});
