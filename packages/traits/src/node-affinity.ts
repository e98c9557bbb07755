import * as z from 'zod';
import { hasEntry } from './has-entry.ts';
import { labelKey, labelValue } from './labels.ts';

/** Which nodes pods run on (Kubernetes API: NodeAffinity). */
export interface NodeAffinityProperties {
  /**
   * Labels that a node must have, each with the values that are allowed.
   * @default - any node is allowed
   */
  readonly required?: Readonly<Record<string, readonly string[]>>;
  /**
   * Nodes that are better than others.
   * @default - all allowed nodes are equally good
   */
  readonly preferred?: readonly NodePreferenceProperties[];
}

/** Nodes that are better than others (Kubernetes API: PreferredSchedulingTerm). */
export interface NodePreferenceProperties {
  /** How much better, from 1 to 100. */
  readonly weight: number;
  /** Labels that the better nodes have, each with the values that are meant. */
  readonly match: Readonly<Record<string, readonly string[]>>;
}

/** Kubernetes takes a term without expressions for one that no node matches, so it is refused. */
const match = z
  .record(labelKey, z.array(labelValue).min(1).readonly())
  .refine(hasEntry, 'at least one label')
  .readonly();

/** The schema of node affinity. */
export const nodeAffinitySchema = z
  .strictObject({
    required: match.optional(),
    preferred: z
      .array(z.strictObject({ weight: z.int().min(1).max(100), match }))
      .min(1)
      .readonly()
      .optional(),
  })
  .refine(hasEntry, 'at least one of `required` and `preferred`');

/** The term that a node matches when each of its labels has one of the values. */
export function nodeMatch(labels: Readonly<Record<string, readonly string[]>>) {
  const sorted = Object.entries(labels).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return { matchExpressions: sorted.map(([key, values]) => ({ key, operator: 'In', values })) };
}
