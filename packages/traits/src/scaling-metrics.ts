import type { JsonObject } from '@strake/core';
import * as z from 'zod';
import { objectName } from './object-name.ts';
import { quantitySchema } from './quantity.ts';

const metric = { name: z.string().min(1), selector: z.record(z.string(), z.string()).readonly().optional() };
const values = { value: quantitySchema.optional(), averageValue: quantitySchema.optional() };

/** The schema of such metrics. */
export const scalingMetricsSchema = z
  .array(
    z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('Pods'), ...metric, averageValue: quantitySchema }),
        z.strictObject({
          type: z.literal('Object'),
          ...metric,
          ...values,
          describedObject: z.strictObject({
            apiVersion: z.string().min(1),
            kind: z.string().min(1),
            name: objectName,
          }),
        }),
        z.strictObject({ type: z.literal('External'), ...metric, ...values }),
        z.strictObject({
          type: z.enum(['Resource', 'ContainerResource']),
          name: z.string().min(1),
          container: z.string().min(1).optional(),
          averageUtilization: z.int().min(1).optional(),
          averageValue: quantitySchema.optional(),
        }),
      ])
      .refine(
        (given) =>
          TARGETS.filter((name) => name in given && Reflect.get(given, name) !== undefined).length === 1,
        'exactly one target: `value`, `averageValue` or `averageUtilization`',
      ),
  )
  .readonly();

const TARGETS = ['value', 'averageValue', 'averageUtilization'];

type ScalingMetric = z.output<typeof scalingMetricsSchema>[number];

/** A metric as a HorizontalPodAutoscaler lists it. */
export function metricOf(given: ScalingMetric, ownContainer: string): JsonObject {
  switch (given.type) {
    case 'Resource':
      return { type: given.type, resource: { name: given.name, target: targetOf(given) } };
    case 'ContainerResource': {
      const { type, name, container = ownContainer } = given;
      return { type, containerResource: { name, container, target: targetOf(given) } };
    }
    case 'Pods':
      return { type: given.type, pods: { metric: identifierOf(given), target: targetOf(given) } };
    case 'External':
      return { type: given.type, external: { metric: identifierOf(given), target: targetOf(given) } };
    case 'Object': {
      const { type, describedObject } = given;
      return { type, object: { describedObject, metric: identifierOf(given), target: targetOf(given) } };
    }
  }
}

type Identified = Exclude<ScalingMetric, { type: 'Resource' | 'ContainerResource' }>;

function identifierOf({ name, selector }: Identified): JsonObject {
  return { name, selector: selector && { matchLabels: selector } };
}

function targetOf(given: ScalingMetric): JsonObject {
  if ('averageUtilization' in given && given.averageUtilization !== undefined) {
    return { type: 'Utilization', averageUtilization: given.averageUtilization };
  }
  if ('value' in given && given.value !== undefined) return { type: 'Value', value: String(given.value) };
  return { type: 'AverageValue', averageValue: String(given.averageValue) };
}
