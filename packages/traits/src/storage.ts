import { defineTrait, Pods, propertiesOf, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { autoscale } from './autoscale.ts';
import { hasEntry } from './has-entry.ts';
import { scaledObject } from './keda/scaled-object.ts';
import { partName } from './object-name.ts';
import { replicas } from './replicas.ts';
import { claimSpec, keyFilesOf } from './volume-source.ts';
import { volumeProblems } from './volume-problems.ts';
import { volumeSchema, type Volume, type VolumeProperties } from './volume.ts';

export interface StorageProperties {
  /** Volumes by name. */
  readonly volumes: Readonly<Record<string, VolumeProperties>>;
  /**
   * Why containers may see files of the node (`hostPath`). The reason is shown wherever findings are.
   * @default - they may not
   */
  readonly allowHostPath?: string;
}

/**
 * Gives pods volumes (Kubernetes API: Volume, VolumeMount).
 *
 * @example
 * storage({ volumes: { cache: { emptyDir: { sizeLimit: '1Gi' }, mountPath: '/cache' } } })
 */
export const storage: TraitFactory<StorageProperties, 'pods'> = defineTrait({
  name: 'storage',
  package: '@strake/traits',
  summary: 'Gives pods volumes.',
  properties: propertiesOf<StorageProperties>()({
    volumes: z.record(partName, volumeSchema).refine(hasEntry, 'at least one volume').readonly(),
    allowHostPath: z.string().trim().min(1).optional(),
  }),
  needs: [Pods],
  knows: { replicas, autoscale, scaledObject },
  apply({ edit, create, report, component, pods, known }, properties) {
    const pod = edit(pods.workload).at(pods.template).at('spec');
    const container = pod.at(['containers', pods.container]);
    const most = known.autoscale?.max ?? known.scaledObject?.maxReplicaCount ?? known.replicas?.count ?? 1;
    const present = { volumes: pod.read('volumes'), mounts: container.read('volumeMounts'), most };
    for (const problem of volumeProblems(properties, present)) report(problem);
    for (const [name, volume] of Object.entries(properties.volumes)) {
      const { mountPath, subPath, readOnly, persistentVolumeClaim: claim } = volume;
      const claimName = `${component.name}-${name}`;
      pod.merge({ volumes: [{ name, ...sourceOf(volume, claimName) }] });
      if (mountPath !== undefined) {
        container.merge({ volumeMounts: [{ name, mountPath, subPath, readOnly }] });
      }
      if (claim === undefined || 'claimName' in claim) continue;
      create({
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: claimName },
        spec: claimSpec(claim),
      });
    }
  },
});

/** A volume's source, as Kubernetes writes it. */
function sourceOf(
  { persistentVolumeClaim: claim, emptyDir, ephemeral, configMap, secret, hostPath }: Volume,
  made: string,
) {
  const sizeLimit = emptyDir?.sizeLimit;
  return {
    persistentVolumeClaim: claim && { claimName: 'claimName' in claim ? claim.claimName : made },
    emptyDir: emptyDir && { ...emptyDir, sizeLimit: sizeLimit === undefined ? undefined : String(sizeLimit) },
    ephemeral: ephemeral && { volumeClaimTemplate: { spec: claimSpec(ephemeral) } },
    configMap: configMap && { name: configMap.name, ...keyFilesOf(configMap) },
    secret: secret && { secretName: secret.secretName, ...keyFilesOf(secret) },
    hostPath,
  };
}
