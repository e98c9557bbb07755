import type { JsonObject } from '@strake/core';
import * as z from 'zod';
import { hostName } from './hosts.ts';

/** Something outside of the mesh that the component calls (istio.io: ServiceEntry). */
export interface EgressHostProperties {
  /** Its host name: `api.payments.example`. `*.payments.example` stands for all names below. */
  readonly host: string;
  /**
   * Ports that are called.
   * @default [{ number: 443, protocol: 'TLS' }]
   */
  readonly ports?: readonly EgressPortProperties[];
}

/** A port outside of the mesh. */
export interface EgressPortProperties {
  readonly number: number;
  /** What the component speaks there; `TLS` and `HTTPS` are encrypted by the component itself. */
  readonly protocol: 'HTTP' | 'HTTP2' | 'HTTPS' | 'GRPC' | 'MONGO' | 'TCP' | 'TLS';
  /**
   * Lets the sidecar encrypt what the component sends in plain text (TLS origination).
   * @default - it goes out as the component sends it
   */
  readonly tls?: TlsOriginationProperties;
}

/** How the sidecar encrypts (istio.io: ClientTLSSettings, mode SIMPLE). */
export interface TlsOriginationProperties {
  /**
   * The port that it goes to, encrypted.
   * @default 443
   */
  readonly targetPort?: number;
  /**
   * The host name that is asked for.
   * @default - `host`
   */
  readonly sni?: string;
  /**
   * Names of which the certificate must have one.
   * @default - `host`
   */
  readonly subjectAltNames?: readonly string[];
}

const port = z.int().min(1).max(65_535);
const egressPort = z
  .strictObject({
    number: port,
    protocol: z.enum(['HTTP', 'HTTP2', 'HTTPS', 'GRPC', 'MONGO', 'TCP', 'TLS']),
    tls: z
      .strictObject({
        targetPort: port.optional(),
        sni: z.string().min(1).optional(),
        subjectAltNames: z.array(z.string().min(1)).min(1).readonly().optional(),
      })
      .optional(),
  })
  .refine(({ protocol, tls }) => tls === undefined || !['TLS', 'HTTPS'].includes(protocol), {
    path: ['tls'],
    error: 'a protocol in plain text, such as `HTTP`: this one is encrypted already',
  });

/** The schema of something outside of the mesh. */
export const egressHostSchema = z
  .strictObject({
    host: hostName,
    ports: z
      .array(egressPort)
      .min(1)
      .refine((ports) => new Set(ports.map(({ number }) => number)).size === ports.length, 'each port once')
      .readonly()
      .default([{ number: 443, protocol: 'TLS' }]),
  })
  .refine(({ host, ports }) => !host.startsWith('*') || ports.every(({ tls }) => tls === undefined), {
    path: ['host'],
    error: 'one host name where the sidecar is to encrypt: what `*` stands for is not known to it',
  });

/** Something outside of the mesh, checked. */
export type EgressHost = z.output<typeof egressHostSchema>;

/** Its ServiceEntry. Names below a wildcard have no address that could be asked for. */
export function serviceEntrySpec({ host, ports }: EgressHost): JsonObject {
  return {
    hosts: [host],
    location: 'MESH_EXTERNAL',
    resolution: host.startsWith('*') ? 'NONE' : 'DNS',
    exportTo: ['.'],
    ports: ports.map(({ number, protocol, tls }) => ({
      number,
      name: `port-${number}`,
      protocol,
      targetPort: tls && (tls.targetPort ?? 443),
    })),
  };
}
