import * as z from 'zod';

const LABEL = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';

/** The schema of a host name; `*` may stand for its first part. */
export const dnsName = z
  .string()
  .max(253)
  .regex(
    new RegExp(`^(\\*\\.)?${LABEL}(\\.${LABEL})*$`),
    'a host name in lower case, such as `shop.example.com` or `*.example.com`',
  )
  .refine((name) => !/^[0-9.]+$/.test(name), 'a host name, which an IP address is not');

/** Whether names that may begin with `*` stand for a host. */
export function covers(names: readonly string[], host: string): boolean {
  const below = `*${host.slice(host.indexOf('.'))}`;
  return names.includes(host) || (host.includes('.') && names.includes(below));
}
