import * as z from 'zod';

const IPV4 = /^[0-9.]+$/;

/** Addresses of the machine or the link itself, which Kubernetes refuses as endpoints. */
const SPECIAL = /^(0\.0\.0\.0$|127\.|169\.254\.|224\.0\.0\.|::1?$|::ffff:|fe[89ab]|ff02:)/;

/** The schema of a host name outside of the cluster. */
export const hostName = z
  .string()
  .regex(
    /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*$/,
    'a host name in lower case, such as `db.example.com`',
  )
  .refine((text) => !IPV4.test(text), 'a host name; IP addresses stand in `addresses`');

const ipAddress = z.union([z.ipv4(), z.ipv6()]);

/** The schema of an IP address outside of the cluster. */
export const externalAddress = z
  .string()
  .refine((text) => ipAddress.safeParse(text).success, {
    error: 'an IP address such as `10.20.0.7`',
    abort: true,
  })
  .refine((address) => !address.includes(':') || isCanonical(address), {
    error: 'an IPv6 address in its shortest form, in lower case',
    abort: true,
  })
  .refine((address) => !SPECIAL.test(address), 'an address that other machines can reach');

/** Kubernetes takes an IPv6 address in one spelling only (RFC 5952). */
function isCanonical(address: string): boolean {
  return new URL(`http://[${address}]`).hostname === `[${address}]`;
}
