import * as z from 'zod';
import { duration } from './duration.ts';

/** When a pod is left out, and for how long (istio.io: OutlierDetection). */
export interface OutlierDetectionProperties {
  /**
   * Answers with a status from 500 on in a row; 0 switches it off.
   * @default 5
   */
  readonly consecutive5xxErrors?: number;
  /**
   * Answers with 502, 503 or 504 in a row; 0 switches it off.
   * @default 0
   */
  readonly consecutiveGatewayErrors?: number;
  /** @default '10s' */
  readonly interval?: string;
  /** @default '30s' */
  readonly baseEjectionTime?: string;
  /**
   * How many of the pods may be left out at the same time, in percent. Istio's own 10 leaves out none of a few pods.
   * @default 50
   */
  readonly maxEjectionPercent?: number;
  /**
   * No pod is left out while fewer than this are healthy, in percent.
   * @default 0
   */
  readonly minHealthPercent?: number;
}

const count = z.int().min(0).optional();
const percent = z.int().min(0).max(100);

/** The schema of outlier detection. */
export const outlierDetectionSchema = z.strictObject({
  consecutive5xxErrors: count,
  consecutiveGatewayErrors: count,
  interval: duration.optional(),
  baseEjectionTime: duration.optional(),
  maxEjectionPercent: percent.default(50),
  minHealthPercent: percent.optional(),
});
