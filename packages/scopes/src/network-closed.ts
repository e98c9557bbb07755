import { Pods, type ApplicationScopeContext, type Component, type KubernetesObject } from '@strake/core';
import { hasEntries, mapIn, mapsIn, numberIn, textIn } from './json-parts.ts';
import { hasPort, isFor, listenedPorts, type ListenedPort } from './network-caller.ts';
import type { NetworkProperties } from './network.ts';
import { writtenPods } from './written-pods.ts';

/** Reports Services for callers outside of the cluster whose calls a component's policy drops. */
export function reportClosedServices(
  component: Component,
  context: ApplicationScopeContext,
  properties: NetworkProperties,
): void {
  const services = context
    .objects('Service')
    .filter((object) => isOutside(object) && leadsTo(object, component, context));
  if (services.length === 0) return;
  const listened = listenedPorts(component, context);
  for (const service of services) {
    const closed = targetsOf(service, listened).filter(
      (port) => !isOpen(port, component, context, properties),
    );
    if (closed.length === 0) continue;
    const names = closed.map(({ name }) => `\`${name}\``).join(', ');
    context.report({
      code: 'service-closed',
      severity: 'warning',
      component,
      path: component.node.path,
      written: `the Service \`${service.metadata.name}\` is for callers outside of the cluster, and \`network\` lets none of them in on ${names}`,
      allowed: 'addresses of callers that a trait or the platform admits',
      fix: "Say who may call: `expose({ admit: 'everybody' })`, ranges of addresses, or `allowIngressFrom` of `network()`.",
    });
  }
}

function isOutside(object: KubernetesObject): boolean {
  const { type } = mapIn(object['spec']);
  return (
    object.apiVersion === 'v1' &&
    object.kind === 'Service' &&
    (type === 'LoadBalancer' || type === 'NodePort')
  );
}

function leadsTo(service: KubernetesObject, component: Component, context: ApplicationScopeContext): boolean {
  const selector = mapIn(mapIn(service['spec'])['selector']);
  const pods = Pods.tryOf(component);
  if (pods === undefined || Object.keys(selector).length === 0) return false;
  const { labels } = writtenPods(component, context) ?? {};
  return hasEntries({ ...component.labels, ...labels, ...pods.selector, ...pods.labels }, selector);
}

/** The ports of pods that a Service leads to. */
function targetsOf(service: KubernetesObject, listened: readonly ListenedPort[]): ListenedPort[] {
  return mapsIn(mapIn(service['spec'])['ports']).flatMap(({ port, targetPort = port }) => {
    const name = textIn(targetPort);
    const number = numberIn(targetPort);
    return listened.filter((each) => each.name === name || each.containerPort === number).slice(0, 1);
  });
}

function isOpen(
  port: ListenedPort,
  component: Component,
  { application, admissions }: ApplicationScopeContext,
  { allowIngressFrom = [] }: NetworkProperties,
): boolean {
  const isAdmitted = admissions.some(
    (each) =>
      each.component === component.node.id &&
      each.cidr !== undefined &&
      (each.port === undefined || each.port === port.containerPort),
  );
  return (
    isAdmitted ||
    allowIngressFrom.some(
      (caller) =>
        caller.namespace === undefined &&
        isFor(caller, application, component) &&
        (caller.ports?.some((each) => hasPort([port], each)) ?? true),
    )
  );
}
