import * as z from 'zod';
import { hasEntry } from '../has-entry.ts';
import { labelKey } from '../labels.ts';
import { objectName, partName } from '../object-name.ts';
import { interval } from './interval.ts';

/** The schema of an object of Flagger. */
export const objectReference = z.strictObject({ name: objectName, namespace: partName.optional() });

const BUILT_IN: Readonly<Record<string, 'min' | 'max'>> = {
  'request-success-rate': 'min',
  'request-duration': 'max',
};

/** The schema of what is measured. */
export const metricsSchema = z
  .array(
    z
      .strictObject({
        name: partName,
        thresholdRange: z
          .strictObject({ min: z.number().optional(), max: z.number().optional() })
          .refine(hasEntry, 'at least one of `min` and `max`'),
        interval: interval.default('1m'),
        query: z.string().min(1).optional(),
        provider: z
          .strictObject({
            type: z.literal('prometheus'),
            address: z.url(),
            secretRef: z.strictObject({ name: objectName }).optional(),
          })
          .optional(),
        templateRef: objectReference.optional(),
        templateVariables: z.record(labelKey, z.string()).readonly().optional(),
      })
      .refine(({ query, provider }) => (query === undefined) === (provider === undefined), {
        path: ['provider'],
        error: '`provider` and `query` together',
      })
      .refine(({ name, query, templateRef }) => waysOf(query, templateRef) === (name in BUILT_IN ? 0 : 1), {
        path: ['query'],
        error: "either `query` or `templateRef`, and none of them for Flagger's own metrics",
      })
      .refine(
        ({ name, thresholdRange }) =>
          thresholdRange[BUILT_IN[name] ?? 'min'] !== undefined || !(name in BUILT_IN),
        {
          path: ['thresholdRange'],
          error: '`min` for `request-success-rate`, `max` for `request-duration`',
        },
      ),
  )
  .readonly();

function waysOf(...ways: readonly unknown[]): number {
  return ways.filter((way) => way !== undefined).length;
}
