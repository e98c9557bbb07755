import * as z from 'zod';

/** An amount, as Kubernetes writes it: `500m`, `1.5`, `64Mi`. A number is an amount of whole units. */
export type Quantity = string | number;

const QUANTITY = /^(\d+(?:\.\d*)?|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d{1,2})?$/;

const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY: Readonly<Record<string, bigint>> = { Ki: 1n, Mi: 2n, Gi: 3n, Ti: 4n, Pi: 5n, Ei: 6n };
const NANOS = 9;

/** The schema of amounts that are not negative (Kubernetes API: Quantity). */
export const quantitySchema = z.union([
  z.number().min(0),
  z.string().regex(QUANTITY, 'a quantity such as `500m` or `64Mi`'),
]);

/** The schema of amounts by resource: `{ cpu: '500m', memory: '64Mi' }`. */
export const quantitiesSchema = z
  .record(z.string().min(1), quantitySchema)
  .refine((amounts) => Object.keys(amounts).length > 0, 'at least one resource')
  .readonly();

/** An amount in billionths of its unit, rounded up as Kubernetes rounds; undefined where it is none. */
export function nanosOf(quantity: unknown): bigint | undefined {
  if (typeof quantity !== 'string' && typeof quantity !== 'number') return undefined;
  const [, digits = '', suffix = ''] = QUANTITY.exec(String(quantity)) ?? [];
  if (digits === '') return undefined;
  const [whole = '', decimals = ''] = digits.split('.');
  const amount = BigInt(whole + decimals) * 1024n ** (BINARY[suffix] ?? 0n);
  const exponent = exponentOf(suffix) + NANOS - decimals.length;
  if (exponent >= 0) return amount * 10n ** BigInt(exponent);
  const divisor = 10n ** BigInt(-exponent);
  return (amount + divisor - 1n) / divisor;
}

function exponentOf(suffix: string): number {
  return /^[eE][+-]?\d/.test(suffix) ? Number(suffix.slice(1)) : (DECIMAL[suffix] ?? 0);
}

/** Billionths of a unit as somebody would write them. */
export function nanosText(nanos: bigint): string {
  const unit = 1_000_000_000n;
  if (nanos % unit !== 0n) return `${(nanos + 999_999n) / 1_000_000n}m`;
  const whole = nanos / unit;
  const suffix = [
    ['Gi', 1024n ** 3n],
    ['Mi', 1024n ** 2n],
    ['Ki', 1024n],
  ] as const;
  const [name, size] = suffix.find(([, each]) => whole >= each && whole % each === 0n) ?? ['', 1n];
  return `${whole / size}${name}`;
}
