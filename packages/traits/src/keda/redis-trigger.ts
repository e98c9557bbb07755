import * as z from 'zod';
import { triggerSchema, type TriggerCommonProperties } from './trigger.ts';

/** Scales by the length of a list (keda.sh: Redis Lists scaler). */
export interface RedisTriggerProperties extends TriggerCommonProperties {
  readonly type: 'redis';
  readonly metadata: {
    /** Address as `host:port`. */
    readonly address: string;
    readonly listName: string;
    /** @default 5 */
    readonly listLength?: number;
    /** @default 0 */
    readonly activationListLength?: number;
    /** @default 0 */
    readonly databaseIndex?: number;
    /** @default false */
    readonly enableTLS?: boolean;
    /** @default - none */
    readonly usernameFromEnv?: string;
    /** @default - none, or the parameter `password` of the authentication */
    readonly passwordFromEnv?: string;
  };
}

const variable = z.string().min(1).optional();

/** The schema of triggers by lists of Redis. */
export const redisTriggerSchema = triggerSchema('redis', {
  address: z.string().regex(/^[^\s:]+:\d+$/, 'an address as `host:port`'),
  listName: z.string().min(1),
  listLength: z.number().min(1).optional(),
  activationListLength: z.number().min(0).optional(),
  databaseIndex: z.int().min(0).optional(),
  enableTLS: z.boolean().optional(),
  usernameFromEnv: variable,
  passwordFromEnv: variable,
});
