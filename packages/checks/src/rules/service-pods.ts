import { defineRule, type JsonObject, type ObjectPlace } from '@strake/core';
import { podsOf } from './pods.ts';
import { mapsAt, textAt, valueAt } from './reading.ts';
import { LabelIndex, labelsSelector, type LabelledThing, type Selector } from './selector.ts';

const FROM = { package: '@strake/checks' } as const;

interface ServiceLink {
  readonly place: ObjectPlace;
  readonly namespace: string;
  readonly selector: Selector;
  /** Names by which it calls ports of its pods. */
  readonly ports: readonly string[];
}

interface PodPorts extends LabelledThing {
  readonly ports: readonly string[];
}

/** Every Service selects the pods of some workload, and calls ports that they have. */
export const noMissingServicePods = defineRule<{ readonly link: ServiceLink } | { readonly pods: PodPorts }>({
  ...FROM,
  code: 'no-missing-service-pods',
  summary: 'a selector that selects pods of the cluster, and names of ports that they have',
  why: 'Requests to the Service fail, because it leads nowhere.',
  fix: "Correct the selector or the port's name, or remove the Service.",
  severity: 'warning',
  *gather(target) {
    for (const { namespace, labels, containers } of podsOf(target))
      yield { pods: { namespace, labels, ports: containers.flatMap(({ value }) => portNames(value)) } };
    for (const object of target.of('Service')) {
      const selector = labelsSelector(valueAt(object, 'spec', 'selector'));
      const namespace = object.metadata.namespace ?? target.namespace;
      const ports = mapsAt(object, 'spec', 'ports').flatMap((port) => textAt(port, 'targetPort') ?? []);
      if (selector !== undefined) yield { link: { place: target.place(object), namespace, selector, ports } };
    }
  },
  relate({ kept }, report) {
    const index = new LabelIndex<PodPorts>();
    for (const each of kept) if ('pods' in each) index.add(each.pods);
    for (const each of kept) {
      if (!('link' in each)) continue;
      const { place, selector, namespace, ports } = each.link;
      const wanted = new Set(ports);
      let isFound = false;
      for (const pods of index.selected(selector, namespace)) {
        isFound = true;
        for (const port of pods.ports) wanted.delete(port);
        if (wanted.size === 0) break;
      }
      if (!isFound) report({ at: place, written: `it selects no pods in namespace \`${namespace}\`` });
      else if (wanted.size > 0)
        report({
          at: place,
          written: `no pod that it selects has a port called \`${[...wanted].join('`, `')}\``,
        });
    }
  },
});

function portNames(container: JsonObject): string[] {
  return mapsAt(container, 'ports').flatMap((port) => textAt(port, 'name') ?? []);
}
