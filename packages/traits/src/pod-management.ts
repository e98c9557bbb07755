import { defineTrait, propertiesOf, Scalable, type TraitFactory } from '@strake/core';
import * as z from 'zod';
import { hasEntry } from './has-entry.ts';

export interface PodManagementProperties {
  /**
   * Whether pods start and end one after the other, or all at once.
   * @default 'OrderedReady'
   */
  readonly podManagementPolicy?: 'OrderedReady' | 'Parallel';
  /**
   * What becomes of the storage of pods.
   * @default - it is kept
   */
  readonly persistentVolumeClaimRetentionPolicy?: {
    /** When the component goes. @default 'Retain' */
    readonly whenDeleted?: 'Retain' | 'Delete';
    /** When there are fewer pods. @default 'Retain' */
    readonly whenScaled?: 'Retain' | 'Delete';
  };
  /**
   * Number of the first pod.
   * @default 0
   */
  readonly ordinalsStart?: number;
}

const retention = z.enum(['Retain', 'Delete']).optional();

/**
 * Says how the pods of a stateful service come and go, and what becomes of their storage (Kubernetes API:
 * StatefulSetSpec).
 *
 * @example StatefulService
 * podManagement({ podManagementPolicy: 'Parallel' })
 */
export const podManagement: TraitFactory<PodManagementProperties, 'scalable'> = defineTrait({
  name: 'pod-management',
  package: '@strake/traits',
  summary: 'Says how the pods of a stateful service come and go.',
  properties: propertiesOf<PodManagementProperties>()({
    podManagementPolicy: z.enum(['OrderedReady', 'Parallel']).optional(),
    persistentVolumeClaimRetentionPolicy: z
      .strictObject({ whenDeleted: retention, whenScaled: retention })
      .refine(hasEntry, 'at least one of `whenDeleted` and `whenScaled`')
      .optional(),
    ordinalsStart: z.int().min(0).optional(),
  }).refine(hasEntry, 'at least one property'),
  needs: [Scalable],
  apply({ edit, report, scalable: { workload } }, { ordinalsStart, ...fields }) {
    if (workload.kind !== 'StatefulSet') return report(notStateful(workload.kind));
    const ordinals = ordinalsStart === undefined ? undefined : { start: ordinalsStart };
    edit(workload).merge({ spec: { ...fields, ordinals } });
  },
});

function notStateful(kind: string) {
  return {
    code: 'trait-misplaced',
    written: `\`podManagement\` on a component that is a ${kind}`,
    allowed: 'a StatefulSet, whose pods have numbers and storage of their own',
    fix: 'Detach `podManagement`.',
  } as const;
}
