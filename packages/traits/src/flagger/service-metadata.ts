import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { labelKey, labelValue } from '../labels.ts';

/** Labels and annotations of a Service that Flagger makes (flagger.app: CustomMetadata). */
export interface ServiceMetadataProperties {
  /** @default - as said there */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The schema of labels and annotations of a Service that Flagger makes. */
export const serviceMetadata = z
  .strictObject({
    labels: z.record(labelKey, labelValue).readonly().optional(),
    annotations: z.record(labelKey, z.string()).readonly().optional(),
  })
  .refine(hasEntry, 'at least one of `labels` and `annotations`')
  .optional();
