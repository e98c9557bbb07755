import { ApiObject } from 'cdk8s';
import { finding, StrakeError, type Component, type Finding } from '@strake/core';
import { exposedByService, hasClusterIP } from './construct-service.ts';
import { labelPods, podsOfWorkload, workloadKind } from './construct-workload.ts';

/** What a component that somebody else's code built can offer. */
export type ReadableCapability = 'exposed' | 'pods' | 'scalable';

/** The facets of a built component, read from its objects. What is offered and not there is an error. */
export function facetsOfObjects(
  component: Component,
  { offers, adopt }: { readonly offers: readonly ReadableCapability[]; readonly adopt: boolean },
): Readonly<Record<string, unknown>> {
  const objects = component.node.findAll().filter((each) => ApiObject.isApiObject(each));
  for (const object of objects) labelObject(component, object, adopt);
  const facets = Object.fromEntries(offers.map((name) => [name, READERS[name](component, objects, adopt)]));
  const missing = offers.filter((name) => facets[name] === undefined);
  if (missing.length > 0) throw new StrakeError([notOffered(component, missing, objects)]);
  return facets;
}

type Reader = (component: Component, objects: readonly ApiObject[], adopt: boolean) => unknown;

const READERS: Readonly<Record<ReadableCapability, Reader>> = {
  pods: (component, objects, adopt) => {
    const workload = only(objects.filter((each) => workloadKind(each) !== undefined));
    return workload && podsOfWorkload(component, workload, adopt);
  },
  scalable: (_component, objects) => {
    const workload = only(objects.filter((each) => workloadKind(each)?.isScalable === true));
    return workload && { workload };
  },
  exposed: (_component, objects) => {
    const services = objects.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Service');
    const service = only(services) ?? only(services.filter(hasClusterIP));
    const workload = only(objects.filter((each) => workloadKind(each) !== undefined));
    return service && exposedByService(service, workload);
  },
};

const WANTED: Readonly<Record<ReadableCapability, string>> = {
  pods: 'one workload with a container',
  scalable: 'one workload with `spec.replicas`, such as a Deployment',
  exposed: 'one Service with ports',
};

function only(objects: readonly ApiObject[]): ApiObject | undefined {
  return objects.length === 1 ? objects[0] : undefined;
}

function labelObject(component: Component, object: ApiObject, adopt: boolean): void {
  for (const [key, value] of Object.entries(component.labels)) {
    if (object.metadata.getLabel(key) === undefined) object.metadata.addLabel(key, value);
  }
  if (!adopt && workloadKind(object) !== undefined) labelPods(component, object);
}

function notOffered(
  { node }: Component,
  missing: readonly ReadableCapability[],
  objects: readonly ApiObject[],
): Finding {
  const names = missing.map((name) => `\`${name}\``).join(', ');
  const found = objects.map(({ kind, name }) => `${kind} \`${name}\``).join(', ');
  return finding({
    code: 'property-invalid',
    path: node.path,
    written: `\`offers\` of \`fromConstruct\` has ${names}; constructed is ${found === '' ? 'nothing' : found}`,
    allowed: missing.map((name) => `for \`${name}\`: ${WANTED[name]}`).join('; '),
    fix: `Take ${names} out of \`offers\`, or construct what is missing below \`parent\`.`,
  });
}
