import * as z from 'zod';

/** One change of labels, on a target before it is scraped or on its samples (prometheus-operator.dev: RelabelConfig). */
export interface RelabelingProperties {
  /** @default 'replace' */
  readonly action?: (typeof ACTIONS)[number];
  /**
   * Labels whose values, joined, are looked at.
   * @default - none
   */
  readonly sourceLabels?: readonly string[];
  /**
   * Text between the values.
   * @default ';'
   */
  readonly separator?: string;
  /**
   * What the joined values must look like (RE2), or the names of labels for `labelmap`, `labeldrop` and `labelkeep`.
   * @default '(.*)'
   */
  readonly regex?: string;
  /**
   * Label that is written.
   * @default - none
   */
  readonly targetLabel?: string;
  /**
   * What is written, with `$1` for the groups of `regex`.
   * @default '$1'
   */
  readonly replacement?: string;
  /**
   * What the hash is divided by for `hashmod`.
   * @default - none
   */
  readonly modulus?: number;
}

const ACTIONS = [
  'replace',
  'keep',
  'drop',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'lowercase',
  'uppercase',
  'keepequal',
  'dropequal',
] as const;
const WITH_TARGET = new Set(['replace', 'hashmod', 'lowercase', 'uppercase', 'keepequal', 'dropequal']);
const WITH_SOURCE = new Set(['keep', 'drop', 'hashmod', 'lowercase', 'uppercase', 'keepequal', 'dropequal']);

/** The schema of changes of labels. */
export const relabelingsSchema = z
  .array(
    z
      .strictObject({
        action: z.enum(ACTIONS).optional(),
        sourceLabels: z.array(z.string().min(1)).min(1).readonly().optional(),
        separator: z.string().optional(),
        regex: z.string().optional(),
        targetLabel: z.string().min(1).optional(),
        replacement: z.string().optional(),
        modulus: z.int().min(1).optional(),
      })
      .refine(
        ({ action = 'replace', targetLabel }) => !WITH_TARGET.has(action) || targetLabel !== undefined,
        {
          path: ['targetLabel'],
          error: 'the label that the action is for',
        },
      )
      .refine(
        ({ action = 'replace', sourceLabels }) => !WITH_SOURCE.has(action) || sourceLabels !== undefined,
        {
          path: ['sourceLabels'],
          error: 'the labels that the action looks at',
        },
      )
      .refine(({ action, modulus }) => (action === 'hashmod') === (modulus !== undefined), {
        path: ['modulus'],
        error: 'a number for `hashmod`, and for no other action',
      }),
  )
  .min(1)
  .readonly();
