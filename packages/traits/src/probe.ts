import * as z from 'zod';

/** One way to ask a container how it is, and how often (Kubernetes API: Probe). Exactly one way is given. */
export interface ProbeProperties {
  /** An HTTP request, answered with a status from 200 to 399. */
  readonly httpGet?: HttpGetProperties;
  /** A TCP connection that is accepted. */
  readonly tcpSocket?: { readonly port: string | number };
  /** A command in the container that ends with 0. */
  readonly exec?: { readonly command: readonly string[] };
  /** A call of the gRPC health service, answered with `SERVING`. */
  readonly grpc?: { readonly port: string | number; readonly service?: string };
  /**
   * Seconds after the container's start before it is asked.
   * @default 0
   */
  readonly initialDelaySeconds?: number;
  /**
   * Seconds from one time to the next.
   * @default 10
   */
  readonly periodSeconds?: number;
  /**
   * Seconds after which no answer counts as a failure.
   * @default 1
   */
  readonly timeoutSeconds?: number;
  /**
   * Failures in a row that count.
   * @default 3
   */
  readonly failureThreshold?: number;
}

/** An HTTP request (Kubernetes API: HTTPGetAction). */
export interface HttpGetProperties {
  /** @default '/' */
  readonly path?: string;
  /** Name of a port of the component, or the number of a container port. */
  readonly port: string | number;
  /** @default 'HTTP' */
  readonly scheme?: 'HTTP' | 'HTTPS';
  /**
   * Headers of the request.
   * @default - Kubernetes' own
   */
  readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[];
}

const port = z.union([z.int().min(1).max(65_535), z.string().min(1)]);
const atLeastOne = z.int().min(1).optional();

/** The schema of a probe. */
export const probeSchema = z.strictObject({
  httpGet: z
    .strictObject({
      path: z.string().startsWith('/', 'a path that starts with `/`').optional(),
      port,
      scheme: z.enum(['HTTP', 'HTTPS']).optional(),
      httpHeaders: z
        .array(z.strictObject({ name: z.string().min(1), value: z.string() }))
        .readonly()
        .optional(),
    })
    .optional(),
  tcpSocket: z.strictObject({ port }).optional(),
  exec: z.strictObject({ command: z.array(z.string()).min(1).readonly() }).optional(),
  grpc: z.strictObject({ port, service: z.string().optional() }).optional(),
  initialDelaySeconds: z.int().min(0).optional(),
  periodSeconds: atLeastOne,
  timeoutSeconds: atLeastOne,
  failureThreshold: atLeastOne,
});

export type Probe = z.output<typeof probeSchema>;

/** Kubernetes takes exactly one way to ask. */
export function hasOneHandler({ httpGet, tcpSocket, exec, grpc }: Probe): boolean {
  return [httpGet, tcpSocket, exec, grpc].filter((handler) => handler !== undefined).length === 1;
}

/** The port that a probe asks at, unless it runs a command. */
export function portOf({ httpGet, tcpSocket, grpc }: Probe): string | number | undefined {
  return (httpGet ?? tcpSocket ?? grpc)?.port;
}
