import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type KubernetesObject,
} from '@strake/core';
import { mapAt, mapsAt, numberAt, textAt, textsAt, valueAt } from './json-at.ts';
import type { PodSet } from './pod-set.ts';

/**
 * What Flagger makes of a Canary, as we read its sources (1.44) and its page "How it works". It is a reading and no
 * run of Flagger: a test with Flagger itself judges the same facts (test/cluster).
 *
 * - A second workload `<target>-primary`. The first of the labels `app`, `name`, `app.kubernetes.io/name` that the
 *   selector has is its whole selector, with `-primary` after the value; its pods have all labels of the target's,
 *   with that one changed. Spreading and pod anti-affinity are rewritten wherever one of the three labels has the
 *   target's name; pod affinity is not.
 * - A second autoscaler `<name>-primary` of the one that `autoscalerRef` names.
 * - The Services `<service>` and `<service>-primary`, which lead to the primary pods, and `<service>-canary`, which
 *   leads to the target's. They have the one port of the Canary and, with `portDiscovery`, the other TCP ports of the
 *   ordinary containers; the labels that the Canary gives them, and the selector label with their own name.
 * - With `istio` a VirtualService and two DestinationRules, with `gatewayapi` an HTTPRoute, with `nginx` a second Ingress.
 *
 * Copies of ConfigMaps and Secrets are left out: the primary pods refer to what the target's pods refer to.
 */
export function madeByFlagger(
  canary: KubernetesObject,
  { target, scaler }: { readonly target: PodSet; readonly scaler: KubernetesObject | undefined },
): KubernetesObject[] {
  const { name } = target.workload.metadata;
  const matched = textsAt(target.workload, 'spec', 'selector', 'matchLabels');
  const label = SELECTOR_LABELS.find((each) => each in matched) ?? '';
  const value = matched[label] ?? '';
  const service = { target, label, value, name: textAt(canary, 'spec', 'service', 'name') ?? name };
  return [
    primaryWorkload(target, label, value),
    ...(scaler === undefined ? [] : [primaryScaler(canary, scaler, `${name}-primary`)]),
    ...SERVICES.map((each) => serviceOf(canary, service, each)),
    ...routesOf(canary, service.name),
  ];
}

const SELECTOR_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

const SERVICES = [
  { part: 'apex', suffix: '', leadsTo: '-primary' },
  { part: 'primary', suffix: '-primary', leadsTo: '-primary' },
  { part: 'canary', suffix: '-canary', leadsTo: '' },
] as const;

function primaryWorkload({ workload, labels, spec }: PodSet, label: string, value: string): KubernetesObject {
  const { name, namespace } = workload.metadata;
  const changed = { ...labels, [label]: `${value}-primary` };
  const constraints = valueAt(spec, 'topologySpreadConstraints');
  const antiAffinity = valueAt(spec, 'affinity', 'podAntiAffinity');
  return {
    ...workload,
    metadata: { ...named(`${name}-primary`, namespace) },
    spec: {
      ...mapAt(workload, 'spec'),
      selector: { matchLabels: { [label]: `${value}-primary` } },
      template: {
        ...mapAt(workload, 'spec', 'template'),
        metadata: { ...mapAt(workload, 'spec', 'template', 'metadata'), labels: changed },
        spec: {
          ...spec,
          ...(constraints === undefined ? {} : { topologySpreadConstraints: renamed(constraints, name) }),
          ...(antiAffinity === undefined
            ? {}
            : { affinity: { ...mapAt(spec, 'affinity'), podAntiAffinity: renamed(antiAffinity, name) } }),
        },
      },
    },
  };
}

/** The value with `-primary` after the target's name wherever that is the value of a label that Flagger knows. */
function renamed(value: JsonValue, name: string): JsonValue {
  if (isJsonArray(value)) return value.map((each) => renamed(each, name));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      SELECTOR_LABELS.includes(key) && each === name ? `${name}-primary` : renamed(each ?? null, name),
    ]),
  );
}

function primaryScaler(canary: KubernetesObject, scaler: KubernetesObject, target: string): KubernetesObject {
  const { name, namespace } = scaler.metadata;
  const given = mapAt(canary, 'spec', 'autoscalerRef', 'primaryScalerReplicas');
  const spec = mapAt(scaler, 'spec');
  const scaleTargetRef = { ...mapAt(spec, 'scaleTargetRef'), name: target };
  return {
    ...scaler,
    metadata: named(`${name}-primary`, namespace),
    spec: { ...spec, ...given, scaleTargetRef },
  };
}

interface ServiceParts {
  readonly target: PodSet;
  readonly label: string;
  readonly value: string;
  readonly name: string;
}

function serviceOf(
  canary: KubernetesObject,
  { target, label, value, name }: ServiceParts,
  { part, suffix, leadsTo }: (typeof SERVICES)[number],
): KubernetesObject {
  const service = mapAt(canary, 'spec', 'service') ?? {};
  const own = `${name}${suffix}`;
  const port = numberAt(service, 'port');
  const targetPort = valueAt(service, 'targetPort') ?? port;
  const shifted = { name: textAt(service, 'portName') ?? 'http', port, targetPort, protocol: 'TCP' };
  const appProtocol = textAt(service, 'appProtocol');
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...named(own, target.namespace),
      labels: { ...textsAt(service, part, 'labels'), [label]: own },
    },
    spec: {
      selector: { [label]: `${value}${leadsTo}` },
      ports: [
        appProtocol === undefined ? shifted : { ...shifted, appProtocol },
        ...(service['portDiscovery'] === true ? discovered(target, targetPort) : []),
      ],
    },
  };
}

function discovered({ ports }: PodSet, shifted: JsonValue | undefined): JsonObject[] {
  return ports
    .filter(({ isMain, number, name, protocol }) => {
      const isShifted = number === shifted || name === shifted;
      return isMain && protocol === 'TCP' && !isShifted;
    })
    .map(({ name, number }) => ({
      name: name ?? `tcp-${number}`,
      port: number,
      targetPort: number,
      protocol: 'TCP',
    }));
}

function routesOf(canary: KubernetesObject, service: string): KubernetesObject[] {
  const { namespace } = canary.metadata;
  const provider = textAt(canary, 'spec', 'provider') ?? 'istio';
  const istio = 'networking.istio.io/v1';
  const rule = (host: string) => ({
    apiVersion: istio,
    kind: 'DestinationRule',
    metadata: named(host, namespace),
    spec: { host },
  });
  if (provider === 'istio')
    return [
      {
        apiVersion: istio,
        kind: 'VirtualService',
        metadata: named(service, namespace),
        spec: {
          hosts: [service],
          http: [{ route: destinations(service).map((destination) => ({ destination })) }],
        },
      },
      ...destinations(service).map(({ host }) => rule(host)),
    ];
  if (!provider.startsWith('gatewayapi')) return [];
  return [
    {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: named(service, namespace),
      spec: {
        parentRefs: mapsAt(canary, 'spec', 'service', 'gatewayRefs'),
        rules: [
          {
            backendRefs: destinations(service).map(({ host }) => ({
              name: host,
              port: valueAt(canary, 'spec', 'service', 'port'),
            })),
          },
        ],
      },
    },
  ];
}

function destinations(service: string): { readonly host: string }[] {
  return [{ host: `${service}-primary` }, { host: `${service}-canary` }];
}

function named(name: string, namespace: string | undefined) {
  return namespace === undefined ? { name } : { name, namespace };
}
