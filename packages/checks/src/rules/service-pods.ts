import { defineRule, type ObjectPlace, type RuleTarget } from '@strake/core';
import { podsOf, type PodContainer } from './pods.ts';
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
  gather(target) {
    const pods = podsOf(target).map(({ namespace, labels, containers }) => ({
      pods: { namespace, labels, ports: containers.flatMap(portNames) },
    }));
    return [...pods, ...openLinks(target, pods)];
  },
  relate({ kept }, report) {
    const links = kept.flatMap((each) => ('link' in each ? [each.link] : []));
    if (links.length === 0) return;
    const index = new LabelIndex<PodPorts>();
    for (const each of kept) if ('pods' in each) index.add(each.pods);
    for (const { place, selector, namespace, ports } of links) {
      const missing = missingPorts(ports, index.selected(selector, namespace));
      if (missing === undefined)
        report({ at: place, written: `it selects no pods in namespace \`${namespace}\`` });
      else if (missing.size > 0)
        report({
          at: place,
          written: `no pod that it selects has a port called \`${[...missing].join('`, `')}\``,
        });
    }
  },
});

/** What Services lack in their own application, which others may have. */
function* openLinks(
  target: RuleTarget,
  own: readonly { readonly pods: PodPorts }[],
): Generator<{ readonly link: ServiceLink }> {
  const index = new LabelIndex<PodPorts>();
  for (const { pods } of own) index.add(pods);
  for (const object of target.of('Service')) {
    const selector = labelsSelector(valueAt(object, 'spec', 'selector'));
    if (selector === undefined) continue;
    const namespace = object.metadata.namespace ?? target.namespace;
    const ports = mapsAt(object, 'spec', 'ports').flatMap((port) => textAt(port, 'targetPort') ?? []);
    if (missingPorts(ports, index.selected(selector, namespace))?.size === 0) continue;
    yield { link: { place: target.place(object), namespace, selector, ports } };
  }
}

/** The names of ports that none of the pods has; undefined where there are no pods. */
function missingPorts(
  ports: readonly string[],
  selected: Iterable<PodPorts>,
): ReadonlySet<string> | undefined {
  const wanted = new Set(ports);
  let isFound = false;
  for (const pods of selected) {
    isFound = true;
    for (const port of pods.ports) wanted.delete(port);
    if (wanted.size === 0) break;
  }
  return isFound ? wanted : undefined;
}

function portNames({ ports }: PodContainer): string[] {
  return ports.flatMap((port) => textAt(port, 'name') ?? []);
}
