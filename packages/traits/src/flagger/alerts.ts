import * as z from 'zod';
import { objectReference } from './metrics-schema.ts';
import type { ObjectReferenceProperties } from './metrics.ts';

/** Whom Flagger tells of what happens (flagger.app: CanaryAlert). */
export interface AlertProperties {
  readonly name: string;
  /**
   * The least that is told.
   * @default 'info'
   */
  readonly severity?: 'info' | 'warn' | 'error';
  /** The AlertProvider, which exists already. */
  readonly providerRef: ObjectReferenceProperties;
}

/** The schema of whom Flagger tells. */
export const alertsSchema = z
  .array(
    z.strictObject({
      name: z.string().min(1),
      severity: z.enum(['info', 'warn', 'error']).optional(),
      providerRef: objectReference,
    }),
  )
  .readonly();
