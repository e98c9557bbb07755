import * as z from 'zod';
import type { ApplicationFacts } from './facts.ts';

/** What a project tells the other projects of a repository about its applications. */
export interface ProjectFacts {
  readonly project: string;
  /** Its applications by environment. */
  readonly environments: Readonly<Record<string, readonly ApplicationFacts[]>>;
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
  ports: z.array(port),
  capabilities: z.array(text),
});
const application = z.strictObject({
  application: text,
  namespace: text,
  components: z.array(component),
  connections: z.array(z.strictObject({ from: peer, to: peer, port: text })),
});
const schema: z.ZodType<ProjectFacts> = z.strictObject({
  project: text,
  environments: z.record(text, z.array(application)),
});

/** The facts that a file of another project holds, or undefined when they are not such facts. */
export function parseProjectFacts(value: unknown): ProjectFacts | undefined {
  return schema.safeParse(value).data;
}
