import * as z from 'zod';
import { hasEntry } from './has-entry.ts';
import { labelKey, labelValue } from './labels.ts';

/** Which pods pods run near to or apart from (Kubernetes API: PodAffinity, PodAntiAffinity). */
export interface PodAffinityProperties {
  /**
   * Keeps the component's own pods apart from each other: `{ preferred: 'kubernetes.io/hostname' }`.
   * @default - they may share a place
   */
  readonly apart?: TopologyKeysProperties;
  /**
   * Pods of the same namespace to run near to.
   * @default - none
   */
  readonly near?: readonly NearProperties[];
}

/** What counts as one place: the key of a node label, whose equal values mean the same place. */
export interface TopologyKeysProperties {
  /**
   * Holds without exception: a pod for which there is no such place is not started.
   * @default - nothing is required
   */
  readonly required?: string;
  /**
   * Holds where it can.
   * @default - `kubernetes.io/hostname` when `required` is left out too
   */
  readonly preferred?: string;
}

/** Pods to run near to. */
export interface NearProperties extends TopologyKeysProperties {
  /** Labels of these pods, such as the `labels` of another component. */
  readonly labels: Readonly<Record<string, string>>;
}

const topologyKeys = { required: labelKey.optional(), preferred: labelKey.optional() };
const podLabels = z.record(labelKey, labelValue).refine(hasEntry, 'at least one label').readonly();

/** The schema of pod affinity. */
export const podAffinitySchema = z
  .strictObject({
    apart: z.strictObject(topologyKeys).optional(),
    near: z
      .array(z.strictObject({ ...topologyKeys, labels: podLabels }))
      .min(1)
      .readonly()
      .optional(),
  })
  .refine(hasEntry, 'at least one of `apart` and `near`');

/** The terms that select pods by their labels in each of the given kinds of places. */
export function podTerms(
  labels: Readonly<Record<string, string>>,
  {
    required,
    preferred = required === undefined ? 'kubernetes.io/hostname' : undefined,
  }: TopologyKeysProperties,
) {
  const term = (topologyKey: string | undefined) =>
    topologyKey === undefined ? undefined : { labelSelector: { matchLabels: labels }, topologyKey };
  return { required: term(required), preferred: term(preferred) };
}
