import * as z from 'zod';

/** The schema of a host name in full. */
export const hostName = z
  .string()
  .regex(
    /^(\*\.)?([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'a host name in full, such as `shop.example.com`',
  );

/** The schema of a gateway of another, or the own, namespace. */
export const gatewayName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?\/[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/, 'a gateway as `namespace/name`');

/** The name of a Service in full: what a short one means depends on where it is read. */
export function fullHost(host: string, namespace: string): string {
  return host.includes('.') ? host : `${host}.${namespace}.svc.cluster.local`;
}
