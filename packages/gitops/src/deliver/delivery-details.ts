import type { FilePlace } from '../plan.ts';

/** A file as it was and as it is made. Undefined where it is not there. */
export interface ChangedFile extends FilePlace {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What a commit says of what it changes. */
export interface DeliveryDetails {
  /** One for each value: `cart Deployment/web spec.replicas: 3 -> 5 (trait replicas, @strake/traits@0.1.0)`. */
  readonly lines: readonly string[];
  /** The layers of the definitions that are behind the changes. */
  readonly layers: readonly string[];
}

/** Says what files change, in the terms of objects. */
export type Describe = (files: readonly ChangedFile[]) => DeliveryDetails;
