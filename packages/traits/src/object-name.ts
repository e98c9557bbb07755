import * as z from 'zod';

const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** The schema of an object's name (Kubernetes: DNS subdomain name). */
export const objectName = z
  .string()
  .regex(SUBDOMAIN, 'a name of lower-case letters, digits, `-` and `.`, such as `shop-registry`');

/** The schema of the name of a container or a volume (Kubernetes: DNS label name). */
export const partName = z
  .string()
  .regex(LABEL, 'a name of at most 63 lower-case letters, digits and `-`, such as `log-shipper`');
