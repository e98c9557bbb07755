export type { AuthenticationProperties, PodIdentityProperties } from './authentication.ts';
export type { AwsSqsQueueTriggerProperties, AzureServicebusTriggerProperties } from './cloud-triggers.ts';
export type { PostgresqlTriggerProperties, PrometheusTriggerProperties } from './query-triggers.ts';
export type { KafkaTriggerProperties, RabbitmqTriggerProperties } from './queue-triggers.ts';
export type { RedisTriggerProperties } from './redis-trigger.ts';
export type {
  CpuTriggerProperties,
  CronTriggerProperties,
  MemoryTriggerProperties,
  ResourceTriggerProperties,
} from './resource-triggers.ts';
export { scaledObject } from './scaled-object.ts';
export type { ScaledObjectProperties } from './scaled-object-properties.ts';
export type {
  BehaviorProperties,
  FallbackProperties,
  ScalingModifiersProperties,
} from './scaling-options.ts';
export type { OtherTriggerProperties, TriggerCommonProperties } from './trigger.ts';
export type { TriggerProperties } from './triggers.ts';
