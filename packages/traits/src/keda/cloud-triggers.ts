import * as z from 'zod';
import { triggerSchema, type TriggerCommonProperties } from './trigger.ts';

/** Scales by the messages in a queue of AWS (keda.sh: AWS SQS Queue scaler). */
export interface AwsSqsQueueTriggerProperties extends TriggerCommonProperties {
  readonly type: 'aws-sqs-queue';
  readonly metadata: {
    /**
     * Address of the queue, or its name.
     * @default - that in the variable `queueURLFromEnv`
     */
    readonly queueURL?: string;
    /** @default - none */
    readonly queueURLFromEnv?: string;
    readonly awsRegion: string;
    /** @default 5 */
    readonly queueLength?: number;
    /** @default 0 */
    readonly activationQueueLength?: number;
    /** @default true */
    readonly scaleOnInFlight?: boolean;
    /** @default false */
    readonly scaleOnDelayed?: boolean;
  };
}

/** Scales by the messages in a queue or a subscription of Azure (keda.sh: Azure Service Bus scaler). */
export interface AzureServicebusTriggerProperties extends TriggerCommonProperties {
  readonly type: 'azure-servicebus';
  readonly metadata: {
    /**
     * Queue; instead of `topicName` and `subscriptionName`.
     * @default - none
     */
    readonly queueName?: string;
    /** @default - none */
    readonly topicName?: string;
    /** @default - none */
    readonly subscriptionName?: string;
    /**
     * Namespace of the service bus, which a pod identity needs.
     * @default - that of the connection
     */
    readonly namespace?: string;
    /** @default 5 */
    readonly messageCount?: number;
    /** @default 0 */
    readonly activationMessageCount?: number;
    /**
     * Variable of the container that holds the connection string.
     * @default - the parameter `connection` of the authentication
     */
    readonly connectionFromEnv?: string;
  };
}

const text = z.string().min(1);
const count = z.int().min(1).optional();

/** The schemas of triggers by queues of clouds. */
export const cloudTriggerSchemas = [
  triggerSchema('aws-sqs-queue', {
    queueURL: text.optional(),
    queueURLFromEnv: text.optional(),
    awsRegion: text,
    queueLength: count,
    activationQueueLength: z.int().min(0).optional(),
    scaleOnInFlight: z.boolean().optional(),
    scaleOnDelayed: z.boolean().optional(),
  }).refine(({ metadata: { queueURL, queueURLFromEnv } }) => (queueURL ?? queueURLFromEnv) !== undefined, {
    path: ['metadata', 'queueURL'],
    error: 'the queue, in `queueURL` or `queueURLFromEnv`',
  }),
  triggerSchema('azure-servicebus', {
    queueName: text.optional(),
    topicName: text.optional(),
    subscriptionName: text.optional(),
    namespace: text.optional(),
    messageCount: count,
    activationMessageCount: z.int().min(0).optional(),
    connectionFromEnv: text.optional(),
  }).refine(
    ({ metadata: { queueName, topicName, subscriptionName } }) =>
      queueName === undefined
        ? topicName !== undefined && subscriptionName !== undefined
        : topicName === undefined && subscriptionName === undefined,
    { path: ['metadata', 'queueName'], error: 'a queue, or a topic with a subscription' },
  ),
] as const;
