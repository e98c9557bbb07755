import { defineComponent, Mountable, propertiesOf } from '@strake/core';
import { adoptObjectSchema, nameOfAdopted, type AdoptObjectProperties } from './adopt.ts';
import { adoptedLabels } from './adopted-labels.ts';
import { claimSpec, storageShape, type StorageProperties } from './storage.ts';

export interface VolumeClaimProperties extends StorageProperties {
  /**
   * What a PersistentVolumeClaim that exists already keeps.
   * @default - it is a new one
   */
  readonly adopt?: AdoptObjectProperties;
}

/**
 * Claims storage that outlives pods: a PersistentVolumeClaim.
 *
 * @example
 * new VolumeClaim(this, 'uploads', { size: '10Gi', accessModes: ['ReadWriteMany'] })
 */
export class VolumeClaim extends defineComponent({
  name: 'volume-claim',
  package: '@strake/components',
  summary: 'Claims storage that outlives pods: a PersistentVolumeClaim.',
  properties: propertiesOf<VolumeClaimProperties>()({ ...storageShape, adopt: adoptObjectSchema }),
  offers: [Mountable],
  nameOf: nameOfAdopted,
  build(component, { adopt, ...storage }) {
    component.object({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: component.name, labels: adoptedLabels(component, adopt) },
      spec: claimSpec(storage),
    });
    return { mountable: { volume: { persistentVolumeClaim: { claimName: component.name } } } };
  },
}) {}
