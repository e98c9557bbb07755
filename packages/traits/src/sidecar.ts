import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { containerPortsOf } from './container-ports.ts';
import { hasEntry } from './has-entry.ts';
import { listedPorts } from './listed-ports.ts';
import { unknownVolumes } from './mounts.ts';
import { partName } from './object-name.ts';
import { containerTaken, podParts } from './pod-parts.ts';
import { ports } from './ports.ts';
import {
  sidecarContainer,
  sidecarContainerSchema,
  type SidecarContainerProperties,
} from './sidecar-container.ts';
import { sharedPorts, unknownProbePorts } from './sidecar-ports.ts';
import { sidecarPlace, withoutNativeSidecars } from './sidecar-place.ts';
import { storage } from './storage.ts';

export interface SidecarProperties {
  /** Containers by name. */
  readonly containers: Readonly<Record<string, SidecarContainerProperties>>;
}

/**
 * Runs containers beside a component's own (Kubernetes API: PodSpec.initContainers with `restartPolicy: Always`). They
 * start before it and end after it. Kubernetes has this since 1.29; before, they are ordinary containers.
 *
 * @example
 * sidecar({ containers: { exporter: { image: 'ghcr.io/acme/exporter:1.0.0', ports: { metrics: 9104 } } } })
 */
export const sidecar: TraitFactory<SidecarProperties, 'pods'> = defineTrait({
  name: 'sidecar',
  package: '@strake/traits',
  summary: "Runs containers beside a component's own.",
  properties: propertiesOf<SidecarProperties>()({
    containers: z
      .record(partName, sidecarContainerSchema)
      .refine(hasEntry, 'at least one container')
      .readonly(),
  }),
  needs: [Pods],
  knows: { storage, ports },
  apply({ edit, report, pods, known, environment }, { containers }) {
    const { spec, containers: taken, volumes } = podParts(pods, edit, known.storage);
    const place = sidecarPlace(environment.kubernetes);
    if (place === 'containers')
      report(withoutNativeSidecars(environment.kubernetes, spec.read('restartPolicy')));
    const problems = [
      ...Object.keys(containers)
        .filter((name) => taken.includes(name))
        .map(containerTaken),
      ...Object.entries(containers).flatMap(([name, given]) => [
        ...unknownVolumes(given.mounts ?? {}, volumes, name),
        ...unknownProbePorts(name, given),
      ]),
      ...sharedPorts(containers, {
        [pods.container]: [
          ...containerPortsOf(spec.read(['containers', pods.container, 'ports'])),
          ...listedPorts(known.ports?.ports ?? {}),
        ],
      }),
    ];
    for (const problem of problems) report(problem);
    for (const [name, given] of Object.entries(containers)) {
      const container = sidecarContainer(name, given);
      spec.merge(
        place === 'containers'
          ? { containers: [container] }
          : { initContainers: [{ ...container, restartPolicy: 'Always' }] },
      );
    }
  },
});
