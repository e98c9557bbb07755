import type { ObjectWriter, PodsFacet, StoreAccess, TraitContext } from '@strake/core';
import { namesIn } from './mounts.ts';
import type { StorageProperties } from './storage.ts';

/** What a pod has that its extra containers must know of. */
export interface PodParts {
  /** The writer for the pod's specification. */
  readonly spec: ObjectWriter;
  /** Names of the component's containers of all sorts. */
  readonly containers: readonly string[];
  /** Names of volumes: the component's, those of its claim templates and those of `storage`. */
  readonly volumes: readonly string[];
}

/** The parts of a component's pods. */
export function podParts(
  { workload, template }: PodsFacet,
  edit: StoreAccess['edit'],
  storage: Pick<StorageProperties, 'volumes'> = { volumes: {} },
): PodParts {
  const object = edit(workload);
  const spec = object.at(template).at('spec');
  return {
    spec,
    containers: ['containers', 'initContainers'].flatMap((list) => namesIn(spec.read(list))),
    volumes: [
      ...namesIn(spec.read('volumes')),
      ...namesIn(object.read('spec.volumeClaimTemplates')),
      ...Object.keys(storage.volumes),
    ],
  };
}

/** What there is to say about a container whose name another one has. */
export function containerTaken(name: string): Parameters<TraitContext['report']>[0] {
  return {
    code: 'property-invalid',
    written: `a container \`${name}\`, which the component has already`,
    allowed: 'names that no other container of the pod has',
    fix: `Rename \`${name}\`.`,
  };
}
