import * as z from 'zod';

/** The schema of a namespace's name (RFC 1123). */
export const namespaceName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'the name of a namespace, such as `monitoring`');
