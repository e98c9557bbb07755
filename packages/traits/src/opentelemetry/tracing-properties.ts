import { propertiesOf } from '@strake/core';
import * as z from 'zod';
import { secretKeySchema, type SecretKeyProperties } from '../secret-key.ts';
import { instrumentationSchema, type InstrumentationProperties } from './instrumentation.ts';

export interface TracingProperties {
  /** Where traces are sent (OTLP): `http://collector.observability:4318`. */
  readonly endpoint: string;
  /**
   * How they are sent. Port 4317 is for `grpc`, 4318 for the others.
   * @default - that of the SDK, which is 'http/protobuf' in most languages
   */
  readonly protocol?: 'grpc' | 'http/protobuf' | 'http/json';
  /**
   * Headers of each request, such as a token, as `name=value` with commas between them, in a Secret.
   * @default - none
   */
  readonly headers?: SecretKeyProperties;
  /**
   * Which traces are recorded.
   * @default 'parentbased_always_on'
   */
  readonly sampler?: (typeof SAMPLERS)[number];
  /**
   * Share of traces that is recorded, from 0 to 1, for samplers with `traceidratio`.
   * @default - 1
   */
  readonly ratio?: number;
  /**
   * Headers that carry the trace from one component to the next.
   * @default - `tracecontext` and `baggage`
   */
  readonly propagators?: readonly (typeof PROPAGATORS)[number][];
  /**
   * What else is known of the component: `{ 'service.version': '1.4.2' }`.
   * @default - service, namespaces, pod, node and environment
   */
  readonly resourceAttributes?: Readonly<Record<string, string>>;
  /**
   * Whether metrics and logs are sent there, too.
   * @default - as the SDK has it
   */
  readonly signals?: { readonly metrics?: 'otlp' | 'none'; readonly logs?: 'otlp' | 'none' };
  /**
   * Puts the SDK into the pods, by the OpenTelemetry operator.
   * @default - the image has it
   */
  readonly inject?: InstrumentationProperties;
}

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
const PROPAGATORS = ['tracecontext', 'baggage', 'b3', 'b3multi', 'jaeger', 'xray', 'none'] as const;
const otlp = z.enum(['otlp', 'none']).optional();

/** The schema of how a component is traced. */
export const tracingSchema = propertiesOf<TracingProperties>()({
  endpoint: z
    .string()
    .regex(/^https?:\/\/[^\s/:]+(:\d+)?(\/\S*)?$/, 'an address such as `http://collector:4318`'),
  protocol: z.enum(['grpc', 'http/protobuf', 'http/json']).optional(),
  headers: secretKeySchema.optional(),
  sampler: z.enum(SAMPLERS).optional(),
  ratio: z.number().min(0).max(1).optional(),
  propagators: z.array(z.enum(PROPAGATORS)).min(1).readonly().optional(),
  resourceAttributes: z
    .record(z.string().regex(/^[!-+\--:<>-~]+$/, 'a name such as `service.version`'), z.string())
    .readonly()
    .optional(),
  signals: z.strictObject({ metrics: otlp, logs: otlp }).optional(),
  inject: instrumentationSchema.optional(),
}).refine(({ sampler = '', ratio }) => ratio === undefined || sampler.endsWith('traceidratio'), {
  path: ['ratio'],
  error: 'a share for a sampler with `traceidratio` only',
});
