import * as z from 'zod';
import { objectName } from './object-name.ts';
import { quantitySchema, type Quantity } from './quantity.ts';
import { volumePath } from './mounts.ts';

/** Storage that is claimed (Kubernetes API: PersistentVolumeClaimSpec). */
export interface ClaimedStorageProperties {
  /** Bytes: `1Gi`. */
  readonly size: Quantity;
  /**
   * Name of the StorageClass.
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;
  /**
   * How nodes may mount it.
   * @default ['ReadWriteOnce']
   */
  readonly accessModes?: readonly ('ReadWriteOnce' | 'ReadOnlyMany' | 'ReadWriteMany' | 'ReadWriteOncePod')[];
}

/** Files that keys of a ConfigMap or a Secret become. */
export interface KeyFilesProperties {
  /**
   * Paths of files by key.
   * @default - every key is a file of its own name
   */
  readonly items?: Readonly<Record<string, string>>;
  /**
   * Permissions of the files, such as 0o440.
   * @default 0o644
   */
  readonly defaultMode?: number;
  /**
   * Whether the container starts without the object.
   * @default false
   */
  readonly optional?: boolean;
}

const claimedShape = {
  size: quantitySchema,
  storageClassName: objectName.optional(),
  accessModes: z
    .array(z.enum(['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod']))
    .min(1)
    .readonly()
    .optional(),
};

/** The schema of claimed storage. */
export const claimedStorageSchema = z.strictObject(claimedShape);

/** The specification of a claim. */
export function claimSpec({
  size,
  storageClassName,
  accessModes = ['ReadWriteOnce'],
}: z.output<typeof claimedStorageSchema>) {
  return { accessModes, storageClassName, resources: { requests: { storage: String(size) } } };
}

/** The schemas of files from keys. */
export const keyFilesShape = {
  items: z.record(z.string().min(1), volumePath).readonly().optional(),
  defaultMode: z.int().min(0).max(0o777).optional(),
  optional: z.boolean().optional(),
};

const keyFiles = z.strictObject(keyFilesShape);

/** Files from keys, as a volume lists them. */
export function keyFilesOf({ items, defaultMode, optional }: z.output<typeof keyFiles>) {
  return {
    items: items && Object.entries(items).map(([key, path]) => ({ key, path })),
    defaultMode,
    optional,
  };
}
