import * as z from 'zod';

/** The schema of a key of a ConfigMap or a Secret. */
export const dataKey = z
  .string()
  .regex(/^(?!\.\.)(?!\.$)[-._a-zA-Z0-9]{1,253}$/, 'a key of letters, digits, `-`, `_` and `.`');
