import * as z from 'zod';
import { containerPath, volumePath } from './mounts.ts';
import { objectName } from './object-name.ts';
import { quantitySchema, type Quantity } from './quantity.ts';
import {
  claimedStorageSchema,
  keyFilesShape,
  type ClaimedStorageProperties,
  type KeyFilesProperties,
} from './volume-source.ts';

/** One volume of a pod (Kubernetes API: Volume), and where the component's container sees it. Exactly one source is given. */
export interface VolumeProperties {
  /**
   * Where the component's container sees it: `/cache`.
   * @default - it does not; sidecars and init containers may
   */
  readonly mountPath?: string;
  /**
   * File or folder of the volume that the container sees.
   * @default - the whole volume
   */
  readonly subPath?: string;
  /** @default false */
  readonly readOnly?: boolean;
  /** Storage that outlives pods and that all of them share: a claim that exists, or one that is made. */
  readonly persistentVolumeClaim?: { readonly claimName: string } | ClaimedStorageProperties;
  /** A folder that is empty at first and ends with the pod, on the node's disk or in its memory. */
  readonly emptyDir?: { readonly medium?: 'Memory'; readonly sizeLimit?: Quantity };
  /** Storage of the pod's own that ends with it. */
  readonly ephemeral?: ClaimedStorageProperties;
  /** Files from a ConfigMap of the namespace. */
  readonly configMap?: KeyFilesProperties & { readonly name: string };
  /** Files from a Secret of the namespace. */
  readonly secret?: KeyFilesProperties & { readonly secretName: string };
  /** A file or folder of the node. */
  readonly hostPath?: HostPathProperties;
}

/** A file or folder of the node (Kubernetes API: HostPathVolumeSource). */
export interface HostPathProperties {
  readonly path: string;
  /**
   * What must be there, or is made.
   * @default - anything
   */
  readonly type?:
    | 'Directory'
    | 'DirectoryOrCreate'
    | 'File'
    | 'FileOrCreate'
    | 'Socket'
    | 'CharDevice'
    | 'BlockDevice';
}

const hostPathTypes = [
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
  'CharDevice',
  'BlockDevice',
] as const;

/** The schema of a volume. */
export const volumeSchema = z
  .strictObject({
    mountPath: containerPath.optional(),
    subPath: volumePath.optional(),
    readOnly: z.boolean().optional(),
    persistentVolumeClaim: z
      .union([z.strictObject({ claimName: objectName }), claimedStorageSchema])
      .optional(),
    emptyDir: z
      .strictObject({ medium: z.literal('Memory').optional(), sizeLimit: quantitySchema.optional() })
      .optional(),
    ephemeral: claimedStorageSchema.optional(),
    configMap: z.strictObject({ ...keyFilesShape, name: objectName }).optional(),
    secret: z.strictObject({ ...keyFilesShape, secretName: objectName }).optional(),
    hostPath: z.strictObject({ path: containerPath, type: z.enum(hostPathTypes).optional() }).optional(),
  })
  .refine(
    ({ persistentVolumeClaim, emptyDir, ephemeral, configMap, secret, hostPath }) =>
      [persistentVolumeClaim, emptyDir, ephemeral, configMap, secret, hostPath].filter(Boolean).length === 1,
    'exactly one of `persistentVolumeClaim`, `emptyDir`, `ephemeral`, `configMap`, `secret` and `hostPath`',
  )
  .refine(
    ({ mountPath, subPath, readOnly }) => mountPath !== undefined || (subPath ?? readOnly) === undefined,
    {
      path: ['mountPath'],
      error: 'a `mountPath` beside `subPath` and `readOnly`',
    },
  );

export type Volume = z.output<typeof volumeSchema>;
