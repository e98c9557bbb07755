import { propertiesOf } from '@strake/core';
import * as z from 'zod';
import { compareQuantities, quantitySchema, type Quantity } from './quantity.ts';

export interface VerticalAutoscaleProperties {
  /**
   * When requests change: never, so that they are recommended only, for new pods, by replacing pods, or in place where
   * the node has room.
   * @default 'Off'
   */
  readonly updateMode?: 'Off' | 'Initial' | 'Recreate' | 'InPlaceOrRecreate';
  /**
   * What is measured and changed.
   * @default - CPU and memory
   */
  readonly controlledResources?: readonly ('cpu' | 'memory')[];
  /**
   * Whether limits change with requests.
   * @default 'RequestsAndLimits'
   */
  readonly controlledValues?: 'RequestsAndLimits' | 'RequestsOnly';
  /**
   * The least that is requested: `{ cpu: '50m' }`.
   * @default - no bound
   */
  readonly minAllowed?: BoundsProperties;
  /**
   * The most that is requested.
   * @default - no bound
   */
  readonly maxAllowed?: BoundsProperties;
  /**
   * How many pods there must be for one to be replaced.
   * @default - that of the cluster, which is 2
   */
  readonly minReplicas?: number;
}

/** Amounts by resource. */
export interface BoundsProperties {
  readonly cpu?: Quantity;
  readonly memory?: Quantity;
}

const bounds = z
  .strictObject({ cpu: quantitySchema.optional(), memory: quantitySchema.optional() })
  .optional();

/** The schema of how requests are chosen. */
export const verticalAutoscaleSchema = propertiesOf<VerticalAutoscaleProperties>()({
  updateMode: z.enum(['Off', 'Initial', 'Recreate', 'InPlaceOrRecreate']).optional(),
  controlledResources: z
    .array(z.enum(['cpu', 'memory']))
    .min(1)
    .readonly()
    .optional(),
  controlledValues: z.enum(['RequestsAndLimits', 'RequestsOnly']).optional(),
  minAllowed: bounds,
  maxAllowed: bounds,
  minReplicas: z.int().min(1).optional(),
}).refine(({ minAllowed, maxAllowed }) => isOrdered(minAllowed, maxAllowed), {
  path: ['maxAllowed'],
  error: 'bounds that are not below `minAllowed`',
});

function isOrdered(least: BoundsProperties = {}, most: BoundsProperties = {}): boolean {
  return (['cpu', 'memory'] as const).every((name) => {
    const [low, high] = [least[name], most[name]];
    return low === undefined || high === undefined || compareQuantities(low, high) <= 0;
  });
}
