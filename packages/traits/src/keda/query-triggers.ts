import * as z from 'zod';
import { triggerSchema, type TriggerCommonProperties } from './trigger.ts';

/** Scales by the answer to a query (keda.sh: Prometheus scaler). */
export interface PrometheusTriggerProperties extends TriggerCommonProperties {
  readonly type: 'prometheus';
  readonly metadata: {
    /** Address of the Prometheus server: `http://prometheus.monitoring:9090`. */
    readonly serverAddress: string;
    /** Query whose answer is one number. */
    readonly query: string;
    readonly threshold: number;
    /** @default 0 */
    readonly activationThreshold?: number;
    /** @default - none */
    readonly namespace?: string;
    /** @default true */
    readonly ignoreNullValues?: boolean;
    /** @default false */
    readonly unsafeSsl?: boolean;
    /** @default - none; `basic`, `bearer`, `tls`, `custom`, with commas between them */
    readonly authModes?: string;
    /** Milliseconds. @default - KEDA's own */
    readonly timeout?: number;
  };
}

/** Scales by the answer to a query (keda.sh: PostgreSQL scaler). */
export interface PostgresqlTriggerProperties extends TriggerCommonProperties {
  readonly type: 'postgresql';
  readonly metadata: {
    /** Query whose answer is one number. */
    readonly query: string;
    readonly targetQueryValue: number;
    /** @default 0 */
    readonly activationTargetQueryValue?: number;
    /**
     * Variable of the container that holds the connection string.
     * @default - the parameter `connection` of the authentication, or the fields below
     */
    readonly connectionFromEnv?: string;
    /** @default - none */
    readonly host?: string;
    /** @default - none */
    readonly port?: number;
    /** @default - none */
    readonly userName?: string;
    /** @default - none */
    readonly passwordFromEnv?: string;
    /** @default - none */
    readonly dbName?: string;
    /** @default - none */
    readonly sslmode?: 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';
  };
}

const text = z.string().min(1);
const name = text.optional();
const amount = z.number().min(0).optional();

/** The schemas of triggers by queries. */
export const queryTriggerSchemas = [
  triggerSchema('prometheus', {
    serverAddress: z
      .string()
      .regex(/^https?:\/\/\S+$/, 'an address such as `http://prometheus.monitoring:9090`'),
    query: text,
    threshold: z.number(),
    activationThreshold: amount,
    namespace: name,
    ignoreNullValues: z.boolean().optional(),
    unsafeSsl: z.boolean().optional(),
    authModes: name,
    timeout: z.int().min(1).optional(),
  }),
  triggerSchema('postgresql', {
    query: text,
    targetQueryValue: z.number(),
    activationTargetQueryValue: amount,
    connectionFromEnv: name,
    host: name,
    port: z.int().min(1).max(65_535).optional(),
    userName: name,
    passwordFromEnv: name,
    dbName: name,
    sslmode: z.enum(['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']).optional(),
  }),
] as const;
