import * as z from 'zod';
import type { ApplicationFacts } from './facts.ts';

/** What is published of an application of another project, in one environment. */
export interface PublishedFacts {
  readonly environment: string;
  readonly facts: ApplicationFacts;
}

const text = z.string().min(1).max(253);
const peer = z.strictObject({ application: text, component: text });
const port = z.strictObject({
  name: text,
  port: z.int().min(1).max(65535),
  containerPort: z.int().min(1).max(65535),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']),
});
const component = z.strictObject({
  id: text,
  field: text.optional(),
  name: text,
  host: text.optional(),
  addresses: z.array(text).optional(),
  labels: z.record(z.string().max(317), z.string().max(63)),
  adopted: z.literal(true).optional(),
  ports: z.array(port),
  capabilities: z.array(text),
});
const schema: z.ZodType<ApplicationFacts> = z.strictObject({
  application: text,
  namespace: text,
  components: z.array(component),
  connections: z.array(z.strictObject({ from: peer, to: peer, port: text })),
});

/** The facts that a file holds, or undefined when they are none. Anybody who can push may have written it. */
export function parseFacts(value: unknown): ApplicationFacts | undefined {
  return schema.safeParse(value).data;
}
