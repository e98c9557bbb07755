import * as z from 'zod';
import { cloudTriggerSchemas } from './cloud-triggers.ts';
import type { AwsSqsQueueTriggerProperties, AzureServicebusTriggerProperties } from './cloud-triggers.ts';
import { queryTriggerSchemas } from './query-triggers.ts';
import type { PostgresqlTriggerProperties, PrometheusTriggerProperties } from './query-triggers.ts';
import { queueTriggerSchemas } from './queue-triggers.ts';
import type { KafkaTriggerProperties, RabbitmqTriggerProperties } from './queue-triggers.ts';
import { redisTriggerSchema, type RedisTriggerProperties } from './redis-trigger.ts';
import { resourceTriggerSchemas } from './resource-triggers.ts';
import type {
  CpuTriggerProperties,
  CronTriggerProperties,
  MemoryTriggerProperties,
} from './resource-triggers.ts';
import type { OtherTriggerProperties } from './trigger.ts';

/** What makes pods come and go, by the type of its scaler. */
export type TriggerProperties =
  | AwsSqsQueueTriggerProperties
  | AzureServicebusTriggerProperties
  | CpuTriggerProperties
  | CronTriggerProperties
  | KafkaTriggerProperties
  | MemoryTriggerProperties
  | PostgresqlTriggerProperties
  | PrometheusTriggerProperties
  | RabbitmqTriggerProperties
  | RedisTriggerProperties;

/** The schema of triggers. */
export const triggersSchema = z
  .array(
    z.discriminatedUnion('type', [
      ...resourceTriggerSchemas,
      ...queueTriggerSchemas,
      ...cloudTriggerSchemas,
      ...queryTriggerSchemas,
      redisTriggerSchema,
    ]),
  )
  .readonly();

/** Whether a trigger measures the use of CPU or memory, which there is none of without pods. */
export function isByUse(
  trigger: TriggerProperties | OtherTriggerProperties,
): trigger is CpuTriggerProperties | MemoryTriggerProperties {
  return trigger.type === 'cpu' || trigger.type === 'memory';
}

/** What all triggers of a component are written from. */
interface Writing {
  /** Name of the component's container, whose use counts. */
  readonly container: string;
  /** Name of the TriggerAuthentication that is made for the trigger of an index. */
  authenticationName(index: number): string;
}

/** A trigger as KEDA reads it: its metadata are texts. */
export function triggerOf(
  trigger: TriggerProperties | OtherTriggerProperties,
  index: number,
  { container, authenticationName }: Writing,
) {
  const { type, name, metricType, metadata } = trigger;
  if (isByUse(trigger)) {
    return { type, name, metricType, metadata: textsOf({ containerName: container, ...metadata }) };
  }
  const { useCachedMetrics, authentication, authenticationRef } = trigger;
  const own = authentication && { name: authenticationName(index) };
  return {
    type,
    name,
    metricType,
    useCachedMetrics,
    metadata: textsOf(metadata),
    authenticationRef: own ?? authenticationRef,
  };
}

function textsOf(metadata: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
