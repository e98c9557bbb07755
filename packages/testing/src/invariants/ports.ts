import type { JsonObject, JsonValue } from '@strake/core';
import type { ClusterModel, ModelObject } from '../cluster-model.ts';
import type { Broken, Invariant } from '../invariant.ts';
import { listAt, mapAt, mapsAt, numberAt, textAt, textsAt, valueAt } from '../json-at.ts';
import { hasLabels, selects } from '../label-selector.ts';
import { containersOf, type PodPort, type PodSet } from '../pod-set.ts';
import { servicesOfMonitor } from './policies.ts';
import { backendsOf } from './route-backends.ts';

type Report = (broken: Broken) => void;

/** Who names a port names one that there is. */
export const portExists: Invariant = {
  name: 'port-exists',
  summary: 'Every port that a probe, a Service, a monitor, a route or a policy names exists.',
  check(model, report) {
    for (const pods of model.pods) checkProbes(model, pods, report);
    for (const at of model.of('Service')) checkService(model, at, report);
    for (const at of model.of('ServiceMonitor', 'PodMonitor')) checkMonitor(model, at, report);
    for (const at of model.objects) checkRoute(model, at, report);
    for (const at of model.of('NetworkPolicy', 'AuthorizationPolicy', 'PeerAuthentication'))
      checkPolicy(model, at, report);
  },
};

function checkProbes(model: ClusterModel, pods: PodSet, report: Report): void {
  const at = model.find(pods.workload.kind, pods.workload.metadata.name, pods.namespace);
  if (at === undefined) return;
  for (const container of containersOf(pods)) {
    const own = new Set(mapsAt(container, 'ports').map((port) => textAt(port, 'name')));
    for (const probe of ['readinessProbe', 'livenessProbe', 'startupProbe']) {
      for (const handler of ['httpGet', 'tcpSocket']) {
        const port = textAt(container, probe, handler, 'port');
        if (port === undefined || own.has(port)) continue;
        const path = `${pods.template}.spec.containers[${textAt(container, 'name')}].${probe}.${handler}.port`;
        report({ at, path, written: `\`${port}\` is no port of the container` });
      }
    }
  }
}

function checkService(model: ClusterModel, at: ModelObject, report: Report): void {
  const selector = textsAt(at.object, 'spec', 'selector');
  if (Object.keys(selector).length === 0) return;
  const selected = model.podsWhere(at.namespace, (labels) => hasLabels(selector, labels));
  for (const port of mapsAt(at.object, 'spec', 'ports')) {
    const target = valueAt(port, 'targetPort') ?? valueAt(port, 'port');
    for (const pods of selected) {
      if (hasPort(pods.ports, target)) continue;
      const written = `${shown(target)} is no port of ${pods.workload.metadata.name}`;
      report({ at, path: 'spec.ports.targetPort', written });
    }
  }
}

function checkMonitor(model: ClusterModel, at: ModelObject, report: Report): void {
  const isOfPods = at.object.kind === 'PodMonitor';
  const field = isOfPods ? 'podMetricsEndpoints' : 'endpoints';
  const services = isOfPods ? [] : servicesOfMonitor(model, at);
  for (const endpoint of mapsAt(at.object, 'spec', field)) {
    const port = textAt(endpoint, 'port') ?? numberAt(endpoint, 'portNumber');
    const isKnown = isOfPods
      ? model.podsOf(at.owner).every(({ ports }) => typeof port === 'number' || hasPort(ports, port))
      : services.some(({ object }) => mapsAt(object, 'spec', 'ports').some((each) => each['name'] === port));
    if (!isKnown)
      report({ at, path: `spec.${field}.port`, written: `\`${port}\` is no port that it can scrape` });
  }
}

function checkRoute(model: ClusterModel, at: ModelObject, report: Report): void {
  for (const { service, namespace, port, path } of backendsOf(at)) {
    const found = model.find('Service', service, namespace);
    if (found === undefined || port === undefined) continue;
    const ports = mapsAt(found.object, 'spec', 'ports');
    if (ports.some((each) => each['port'] === port || each['name'] === port)) continue;
    report({ at, path, written: `${shown(port)} is no port of Service/${service}` });
  }
}

/** Ports of Istio's own, which no container of the component declares (istio.io: Ports used by Istio). */
const OF_THE_MESH = new Set([15_008, 15_012, 15_020, 15_021, 15_090]);

function checkPolicy(model: ClusterModel, at: ModelObject, report: Report): void {
  const { kind } = at.object;
  const selector = valueAt(at.object, 'spec', kind === 'NetworkPolicy' ? 'podSelector' : 'selector');
  if (at.owner === '') return;
  for (const { port, path } of portsOfPolicy(at.object)) {
    if (typeof port === 'number' && OF_THE_MESH.has(port)) continue;
    for (const pods of model.podsWhere(at.namespace, (labels) => selects(selector, labels))) {
      if (hasPort(pods.ports, port)) continue;
      report({ at, path, written: `${shown(port)} is no port of ${pods.workload.metadata.name}` });
    }
  }
}

function portsOfPolicy(
  policy: JsonObject,
): { readonly port: JsonValue | undefined; readonly path: string }[] {
  const ingress = mapsAt(policy, 'spec', 'ingress').flatMap((rule) => mapsAt(rule, 'ports'));
  const operations = mapsAt(policy, 'spec', 'rules')
    .flatMap((rule) => mapsAt(rule, 'to'))
    .flatMap((to) => listAt(to, 'operation', 'ports'));
  return [
    ...ingress.map((each) => ({ port: each['port'], path: 'spec.ingress.ports' })),
    ...operations.map((port) => ({ port: Number(port), path: 'spec.rules.to.operation.ports' })),
    ...Object.keys(mapAt(policy, 'spec', 'portLevelMtls') ?? {}).map((port) => ({
      port: Number(port),
      path: 'spec.portLevelMtls',
    })),
  ];
}

function hasPort(ports: readonly PodPort[], port: JsonValue | undefined): boolean {
  return port === undefined || ports.some(({ name, number }) => name === port || number === port);
}

function shown(port: JsonValue | undefined): string {
  return `\`${typeof port === 'string' ? port : JSON.stringify(port)}\``;
}
