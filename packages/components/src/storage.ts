import type { JsonObject } from '@strake/core';
import * as z from 'zod';

/** How much of what storage is claimed. */
export interface StorageProperties {
  /** Size as a Kubernetes quantity: `1Gi`. */
  readonly size: string;
  /**
   * Name of the StorageClass.
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;
  /**
   * How nodes may mount the volume.
   * @default ['ReadWriteOnce']
   */
  readonly accessModes?: readonly AccessMode[];
}

export type AccessMode = 'ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany' | 'ReadWriteOncePod';

/** The schemas of claimed storage. */
export const storageShape = {
  size: z.string().regex(/^\d+(\.\d+)?(Ki|Mi|Gi|Ti|Pi|Ei|k|M|G|T|P|E)?$/, 'a quantity such as `1Gi`'),
  storageClassName: z.string().min(1).optional(),
  accessModes: z
    .array(z.enum(['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod']))
    .min(1)
    .readonly()
    .optional(),
};

/** The specification of a PersistentVolumeClaim. */
export function claimSpec({
  size,
  storageClassName,
  accessModes = ['ReadWriteOnce'],
}: StorageProperties): JsonObject {
  return { accessModes, storageClassName, resources: { requests: { storage: size } } };
}
