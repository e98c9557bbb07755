import * as z from 'zod';
import { probeSchema, type HttpGetProperties } from './probe.ts';

/** What is done when a container starts or is to end (Kubernetes API: LifecycleHandler). Exactly one way is given. */
export interface HandlerProperties {
  /** A command in the container. */
  readonly exec?: { readonly command: readonly string[] };
  /** An HTTP request to the container. */
  readonly httpGet?: HttpGetProperties;
  /** Seconds that nothing is done. */
  readonly sleep?: { readonly seconds: number };
}

const { exec, httpGet } = probeSchema.shape;

/** The schema of a handler. */
export const handlerSchema = z
  .strictObject({ exec, httpGet, sleep: z.strictObject({ seconds: z.int().min(1) }).optional() })
  .refine(
    (given) => Object.values(given).filter((handler) => handler !== undefined).length === 1,
    'exactly one of `exec`, `httpGet` and `sleep`',
  );
