import * as z from 'zod';
import { labelsSchema, namespaceSchema } from './labels.ts';

/** Some ports outside of the model. */
export interface NetworkPortProperties {
  /** The first, or only, port. */
  readonly port: number;
  /**
   * The last port of a range.
   * @default - the first port
   */
  readonly endPort?: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

/** Somebody outside of the model: the addresses of `cidr`, the pods of `namespace`, or everybody. */
export interface NetworkPeerProperties {
  /**
   * Whether it is everybody, in the cluster and outside of it, by IPv4 and IPv6.
   * @default false
   */
  readonly everybody?: boolean;
  /**
   * Range of addresses: `10.20.0.0/16`.
   * @default - the pods of `namespace`
   */
  readonly cidr?: string;
  /**
   * Ranges within `cidr` that are left out.
   * @default - none
   */
  readonly except?: readonly string[];
  /**
   * Namespace of the pods.
   * @default - the addresses of `cidr`
   */
  readonly namespace?: string;
  /**
   * Labels that the pods of the namespace must have.
   * @default - all of its pods
   */
  readonly podLabels?: Readonly<Record<string, string>>;
  /**
   * Ports of the pod or address that is called; a number is a TCP port.
   * @default - all ports
   */
  readonly ports?: readonly (number | NetworkPortProperties)[];
  /**
   * Components for which it is opened: `cart/web`, or `cart` for a whole application.
   * @default - all components
   */
  readonly components?: readonly string[];
}

/** A caller outside of the model. */
export interface NetworkCallerProperties extends Omit<NetworkPeerProperties, 'ports'> {
  /**
   * Ports that are opened: by name as the component has them, or by number as its containers do. A number is a TCP port.
   * @default - all ports
   */
  readonly ports?: readonly (string | number | NetworkPortProperties)[];
}

const portNumber = z.int().min(1).max(65_535);

const networkPort = z
  .strictObject({
    port: portNumber,
    endPort: portNumber.optional(),
    protocol: z.enum(['TCP', 'UDP', 'SCTP']).optional(),
  })
  .refine(({ port, endPort = port }) => endPort >= port, 'an `endPort` that is not below `port`');

export const cidrSchema = z.union([
  z.cidrv4('an IPv4 range such as `10.20.0.0/16`'),
  z.cidrv6('an IPv6 range such as `fd00:20::/32`'),
]);

const peerShape = {
  everybody: z.boolean().optional(),
  cidr: cidrSchema.optional(),
  except: z.array(cidrSchema).min(1).readonly().optional(),
  namespace: namespaceSchema.optional(),
  podLabels: labelsSchema.optional(),
  components: z.array(z.string().min(1)).min(1).readonly().optional(),
};

const portSchema = z.union([portNumber, networkPort]);

/** The schema of callees outside of the model. An empty list of ports would open them all, so it is refused. */
export const networkPeersSchema = z
  .array(checked(z.strictObject({ ...peerShape, ports: z.array(portSchema).min(1).readonly().optional() })))
  .readonly();

const callerPort = z.union([z.string().min(1), portSchema]);

/** The schema of callers outside of the model. */
export const networkCallersSchema = z
  .array(checked(z.strictObject({ ...peerShape, ports: z.array(callerPort).min(1).readonly().optional() })))
  .readonly();

function checked<Peer extends NetworkCallerProperties>(schema: z.ZodType<Peer, Peer>) {
  return schema
    .refine(
      ({ everybody = false, cidr, namespace }) =>
        [everybody, cidr !== undefined, namespace !== undefined].filter(Boolean).length === 1,
      'one of `cidr`, `namespace` and `everybody`',
    )
    .refine(({ cidr, except }) => except === undefined || cidr !== undefined, '`except` only beside `cidr`')
    .refine(
      ({ namespace, podLabels }) => podLabels === undefined || namespace !== undefined,
      '`podLabels` only beside `namespace`',
    );
}
