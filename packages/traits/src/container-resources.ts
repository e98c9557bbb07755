import type { JsonValue } from '@strake/core';
import * as z from 'zod';
import { quantitySchema, type Quantity } from './quantity.ts';

/** Quantities by the name of what is measured. */
export type Amounts = Readonly<Record<string, Quantity | undefined>>;

const amounts = z.record(z.string(), quantitySchema).catch({});
const schema = z.object({ requests: amounts, limits: amounts }).catch({ requests: {}, limits: {} });

/** What a container's `resources` say; what Kubernetes would not read counts as nothing. */
export function containerResources(value: JsonValue | undefined): {
  readonly requests: Amounts;
  readonly limits: Amounts;
} {
  return schema.parse(value);
}
