import type { ExposedPort, JsonObject } from '@strake/core';
import { isHttp } from '../http-ports.ts';
import { ownService } from './own-service.ts';
import { shiftedPort } from './canary-ports.ts';
import type { Provider } from './provider.ts';
import type { Rollout } from './rollout-properties.ts';
import { routesOf } from './routes.ts';
import type { RolloutTarget } from './rollout-target.ts';
import type { ServiceMetadataProperties } from './service-metadata.ts';

/** What Flagger is told of the Services and routes that it makes in the place of the component's own. */
export function canaryService(
  target: RolloutTarget,
  { provider, service }: { readonly provider: Provider; readonly service: Rollout['service'] },
): JsonObject {
  const { component, exposed, pods } = target;
  const own = ownService(target);
  const { portName, gateways, apex, primary, canary, ...routes } = routesOf(target, service);
  const port = shiftedPort(exposed.ports, portName);
  // Flagger gives its Services no label by which monitors find them; the apex has the same pods as the primary one.
  const found = without(component.labels, { [MANAGED_BY]: '' });
  return {
    name: exposed.service.name === pods.workload.name ? undefined : exposed.service.name,
    port: port?.port,
    portName: port?.name,
    targetPort: port?.containerPort,
    appProtocol: port && protocolOf(port, provider, own.appProtocols[port.port]),
    portDiscovery: exposed.ports.length > 1 ? true : undefined,
    headless: own.isHeadless ? true : undefined,
    trafficDistribution: own.trafficDistribution,
    ...routes,
    gateways: gateways && [...gateways, 'mesh'],
    apex: metadata({ labels: without(own.labels, component.labels), annotations: own.annotations }, apex),
    primary: metadata({ labels: found }, primary),
    canary: metadata({ labels: found }, canary),
  };
}

const MANAGED_BY = 'app.kubernetes.io/managed-by';

/** With Istio, Flagger shifts connections instead of requests where the protocol is said to be TCP. */
function protocolOf(port: ExposedPort, provider: Provider, own: string | undefined): string | undefined {
  return provider === 'istio' && !isHttp(port) ? 'tcp' : own;
}

function metadata(
  own: ServiceMetadataProperties,
  given: ServiceMetadataProperties = {},
): JsonObject | undefined {
  const labels = { ...own.labels, ...given.labels };
  const annotations = { ...own.annotations, ...given.annotations };
  const some = (map: Readonly<Record<string, string>>) => (Object.keys(map).length === 0 ? undefined : map);
  return some({ ...labels, ...annotations }) && { labels: some(labels), annotations: some(annotations) };
}

function without(labels: Readonly<Record<string, string>>, left: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !(key in left)));
}
