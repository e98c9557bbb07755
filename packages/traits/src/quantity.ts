import * as z from 'zod';

/** An amount, as Kubernetes writes it: `500m`, `1.5`, `64Mi`. A number is an amount of whole units. */
export type Quantity = string | number;

const QUANTITY = /^(?:(\d+)(?:\.(\d*))?|\.(\d+))(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d{1,2})?$/;
const DECIMAL = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY = { Ki: 1, Mi: 2, Gi: 3, Ti: 4, Pi: 5, Ei: 6 };

/** The schema of amounts that are not negative (Kubernetes API: Quantity). */
export const quantitySchema = z.union([
  z.number().min(0),
  z.string().regex(QUANTITY, 'a quantity such as `500m` or `64Mi`'),
]);

/** Compares two amounts exactly: negative when `left` is less, zero when they are the same amount. */
export function compareQuantities(left: Quantity, right: Quantity): number {
  const one = fractionOf(left);
  const other = fractionOf(right);
  const difference = one.numerator * other.denominator - other.numerator * one.denominator;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

function fractionOf(quantity: Quantity): Fraction {
  const [, whole = '', decimals = '', only = '', suffix = ''] = QUANTITY.exec(String(quantity)) ?? [];
  const fraction = decimals + only;
  const exponent = decimalExponent(suffix) - fraction.length;
  const digits = BigInt(whole + fraction) * 1024n ** BigInt(entryOf(BINARY, suffix));
  return exponent < 0
    ? { numerator: digits, denominator: 10n ** BigInt(-exponent) }
    : { numerator: digits * 10n ** BigInt(exponent), denominator: 1n };
}

function decimalExponent(suffix: string): number {
  return suffix.length > 1 && /^[eE]/.test(suffix) && suffix !== 'Ei'
    ? Number(suffix.slice(1))
    : entryOf(DECIMAL, suffix);
}

function entryOf(table: Readonly<Record<string, number>>, suffix: string): number {
  return table[suffix] ?? 0;
}
