import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { extraContainer, extraContainerShape, type ExtraContainerProperties } from './extra-container.ts';
import { hasEntry } from './has-entry.ts';
import { unknownVolumes } from './mounts.ts';
import { partName } from './object-name.ts';
import { containerTaken, podParts } from './pod-parts.ts';
import { storage } from './storage.ts';

export interface InitContainerProperties {
  /** Containers by name. They run one after the other, in this order; each must end with 0. */
  readonly containers: Readonly<Record<string, ExtraContainerProperties>>;
}

/**
 * Runs containers to their end before a component's own starts (Kubernetes API: PodSpec.initContainers).
 *
 * @example
 * initContainer({ containers: { migrate: { image: 'ghcr.io/acme/migrate:1.0.0' } } })
 */
export const initContainer: TraitFactory<InitContainerProperties, 'pods'> = defineTrait({
  name: 'init-container',
  package: '@strake/traits',
  summary: "Runs containers to their end before a component's own starts.",
  properties: propertiesOf<InitContainerProperties>()({
    containers: z
      .record(partName, z.strictObject(extraContainerShape))
      .refine(hasEntry, 'at least one container')
      .readonly(),
  }),
  needs: [Pods],
  knows: { storage },
  apply({ edit, report, pods, known }, { containers }) {
    const { spec, containers: taken, volumes } = podParts(pods, edit, known.storage);
    for (const [name, properties] of Object.entries(containers)) {
      if (taken.includes(name)) report(containerTaken(name));
      for (const problem of unknownVolumes(properties.mounts ?? {}, volumes, name)) report(problem);
      spec.merge({ initContainers: [extraContainer(name, properties)] });
    }
  },
});
