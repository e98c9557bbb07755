import { defineRule, type KubernetesObject } from '@strake/core';
import { mapsAt, repeated, textAt, textEntriesAt, valueAt } from './reading.ts';

const FROM = { package: '@strake/checks' } as const;

/** Every port of a Service with several of them has a name. */
export const requireServicePortName = defineRule({
  ...FROM,
  code: 'require-service-port-name',
  summary: 'a name for every port of a Service that has several',
  why: 'The API server refuses a Service with several ports of which one has no name.',
  fix: 'Give the port a name.',
  severity: 'error',
  check(target, report) {
    for (const object of target.of('Service')) {
      const ports = mapsAt(object, 'spec', 'ports');
      if (ports.length < 2 || ports.every((port) => textAt(port, 'name') !== undefined)) continue;
      report({ at: object, written: `one of its ${ports.length} ports has no name` });
    }
  },
});

/** The ports of a Service have different names. */
export const uniqueServicePortName = defineRule({
  ...FROM,
  code: 'unique-service-port-name',
  summary: 'a name of its own for every port of a Service',
  why: 'The API server refuses a Service in which two ports have one name.',
  fix: 'Rename one of the ports.',
  severity: 'error',
  check(target, report) {
    for (const object of target.of('Service')) {
      for (const name of repeated(mapsAt(object, 'spec', 'ports'), 'name'))
        report({ at: object, written: `two ports are called \`${name}\`` });
    }
  },
});

/** Every Service says which pods it stands for. */
export const requireServiceSelector = defineRule({
  ...FROM,
  code: 'require-service-selector',
  summary: 'a selector on every Service that stands for pods, or endpoints of its own',
  why: 'A Service without a selector leads nowhere until somebody makes its endpoints.',
  fix: 'Give the Service a selector, or make its `EndpointSlice` in the same application.',
  severity: 'warning',
  check(target, report) {
    const open = target.of('Service').filter((object) => !hasSelector(object));
    if (open.length === 0) return;
    const sliced = new Set([
      ...target
        .of('EndpointSlice.discovery.k8s.io')
        .map((slice) => slice.metadata.labels?.['kubernetes.io/service-name']),
      ...target.of('Endpoints').map(({ metadata }) => metadata.name),
    ]);
    for (const object of open) {
      if (valueAt(object, 'spec', 'type') === 'ExternalName' || sliced.has(object.metadata.name)) continue;
      report({ at: object, written: 'it has no selector and no endpoints' });
    }
  },
});

function hasSelector(service: KubernetesObject): boolean {
  return textEntriesAt(service, 'spec', 'selector').length > 0;
}

/** Types that no Service may have. */
export interface BanServiceTypeProperties {
  readonly types: readonly ('ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName')[];
}

/** No Service has one of the given types. */
export function banServiceType({ types }: BanServiceTypeProperties) {
  return defineRule({
    ...FROM,
    code: 'ban-service-type',
    summary: `Services of a type other than ${types.map((each) => `\`${each}\``).join(', ')}`,
    why: 'The platform does not permit Services of these types.',
    fix: 'Let a gateway or an ingress lead to the component.',
    severity: 'error',
    check(target, report) {
      for (const object of target.of('Service')) {
        const type = textAt(object, 'spec', 'type') ?? 'ClusterIP';
        if (types.some((each) => each === type)) report({ at: object, written: `its type is \`${type}\`` });
      }
    },
  });
}
