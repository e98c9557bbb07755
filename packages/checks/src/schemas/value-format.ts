import type { JsonValue } from '@strake/core';
import { isIPv4, isIPv6 } from 'node:net';

interface Format {
  readonly allows: (value: string | number) => boolean;
  readonly text: string;
}

const QUANTITY = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const DURATION = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w))+)$/;

const text = (allows: (value: string) => boolean, said: string): Format => ({
  allows: (value) => typeof value !== 'string' || allows(value),
  text: said,
});
const range = (from: number, to: number): Format => ({
  allows: (value) => typeof value !== 'number' || (value >= from && value <= to),
  text: `a number from ${from} to ${to}`,
});

/** The formats that API servers check; they take any value of another. */
const FORMATS = new Map<string, Format>([
  ['quantity', text((value) => QUANTITY.test(value), 'an amount such as `500m` or `1Gi`')],
  ['date-time', text((value) => DATE_TIME.test(value), 'a time such as `2026-01-31T12:00:00Z`')],
  ['date', text((value) => /^\d{4}-\d\d-\d\d$/.test(value), 'a date such as `2026-01-31`')],
  ['duration', text((value) => value.length < 200 && DURATION.test(value), 'a duration such as `90s`')],
  ['byte', text(isBase64, 'base64')],
  ['ipv4', text(isIPv4, 'an IPv4 address')],
  ['ipv6', text(isIPv6, 'an IPv6 address')],
  ['uuid', text((value) => /^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(value), 'a UUID')],
  ['int32', range(-(2 ** 31), 2 ** 31 - 1)],
  ['int64', range(-(2 ** 63), 2 ** 63)],
]);

/** What a format allows, where a value is not that. */
export function formatProblem(value: JsonValue, format: string | undefined): string | undefined {
  if (format === undefined || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  const known = FORMATS.get(format);
  return known === undefined || known.allows(value) ? undefined : known.text;
}

function isBase64(value: string): boolean {
  const written = value.replaceAll(/[\r\n]/g, '');
  return written.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(written);
}
