import * as z from 'zod';
import { triggerSchema, type TriggerCommonProperties } from './trigger.ts';

/** Scales by how far consumers lag behind a topic (keda.sh: Apache Kafka scaler). */
export interface KafkaTriggerProperties extends TriggerCommonProperties {
  readonly type: 'kafka';
  readonly metadata: {
    /** Servers, with commas between them: `kafka-0.kafka:9092,kafka-1.kafka:9092`. */
    readonly bootstrapServers: string;
    readonly consumerGroup: string;
    /** @default - all topics of the group */
    readonly topic?: string;
    /** @default 10 */
    readonly lagThreshold?: number;
    /** @default 0 */
    readonly activationLagThreshold?: number;
    /** @default 'latest' */
    readonly offsetResetPolicy?: 'latest' | 'earliest';
    /** @default false */
    readonly allowIdleConsumers?: boolean;
    /** @default false */
    readonly excludePersistentLag?: boolean;
    /** @default false */
    readonly limitToPartitionsWithLag?: boolean;
    /** @default 'none' */
    readonly sasl?: 'none' | 'plaintext' | 'scram_sha256' | 'scram_sha512' | 'gssapi' | 'oauthbearer';
    /** @default 'disable' */
    readonly tls?: 'enable' | 'disable';
    /** @default '2.5.0' */
    readonly version?: string;
  };
}

/** Scales by the length of a queue, or by the messages of a second (keda.sh: RabbitMQ Queue scaler). */
export interface RabbitmqTriggerProperties extends TriggerCommonProperties {
  readonly type: 'rabbitmq';
  readonly metadata: {
    readonly queueName: string;
    /** What `value` counts. */
    readonly mode: 'QueueLength' | 'MessageRate';
    /** Messages for one pod. */
    readonly value: number;
    /** @default 0 */
    readonly activationValue?: number;
    /**
     * Variable of the container that holds the address.
     * @default - the parameter `host` of the authentication
     */
    readonly hostFromEnv?: string;
    /** @default 'auto' */
    readonly protocol?: 'auto' | 'http' | 'amqp';
    /** @default - that of the address */
    readonly vhostName?: string;
    /** @default false */
    readonly useRegex?: boolean;
    /** @default false */
    readonly excludeUnacknowledged?: boolean;
  };
}

const text = z.string().min(1);
const amount = z.number().min(0).optional();
const yes = z.boolean().optional();

/** The schemas of triggers by queues that the cluster may run itself. */
export const queueTriggerSchemas = [
  triggerSchema('kafka', {
    bootstrapServers: text,
    consumerGroup: text,
    topic: text.optional(),
    lagThreshold: z.number().min(1).optional(),
    activationLagThreshold: amount,
    offsetResetPolicy: z.enum(['latest', 'earliest']).optional(),
    allowIdleConsumers: yes,
    excludePersistentLag: yes,
    limitToPartitionsWithLag: yes,
    sasl: z.enum(['none', 'plaintext', 'scram_sha256', 'scram_sha512', 'gssapi', 'oauthbearer']).optional(),
    tls: z.enum(['enable', 'disable']).optional(),
    version: text.optional(),
  }),
  triggerSchema('rabbitmq', {
    queueName: text,
    mode: z.enum(['QueueLength', 'MessageRate']),
    value: z.number().min(0),
    activationValue: amount,
    hostFromEnv: text.optional(),
    protocol: z.enum(['auto', 'http', 'amqp']).optional(),
    vhostName: text.optional(),
    useRegex: yes,
    excludeUnacknowledged: yes,
  }),
] as const;
