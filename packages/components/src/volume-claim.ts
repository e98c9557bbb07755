import { defineComponent, Mountable, propertiesOf } from '@strake/core';
import { claimSpec, storageShape, type StorageProperties } from './storage.ts';

export interface VolumeClaimProperties extends StorageProperties {}

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
  properties: propertiesOf<VolumeClaimProperties>()(storageShape),
  offers: [Mountable],
  build(component, properties) {
    component.object({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: component.name },
      spec: claimSpec(properties),
    });
    return { mountable: { volume: { persistentVolumeClaim: { claimName: component.name } } } };
  },
}) {}
