export type { InstrumentationProperties } from './instrumentation.ts';
export { tracing } from './tracing.ts';
export type { TracingProperties } from './tracing-properties.ts';
