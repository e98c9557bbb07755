import type { JsonObject } from '@strake/core';
import * as z from 'zod';

/** A variable's value: text, or where Kubernetes reads it from, as `key()` of a config or a secret claim says. */
export type EnvValue = string | { readonly valueFrom: JsonObject };

/** Whatever all keys can be read from as variables: a config or a secret claim. */
export interface EnvSource {
  /** The source, as in `envFrom[]` of a container. */
  readonly envFrom: JsonObject;
}

/** The schema of a variable's name: any printable characters but `=` (Kubernetes API: EnvVar). */
export const variableName = z.string().regex(/^[ -<>-~]+$/, 'a name of printable characters without `=`');

/** The schema of variables by name. */
export const envSchema = z
  .record(variableName, z.union([z.string(), z.strictObject({ valueFrom: z.custom<JsonObject>() })]))
  .readonly();

/** The schema of sources of variables. */
export const envFromSchema = z
  .array(
    z.custom<EnvSource>(
      (value) => typeof value === 'object' && value !== null && 'envFrom' in value,
      'a config or a secret claim',
    ),
  )
  .readonly();

/** Variables as a container lists them. */
export function envOf(env: Readonly<Record<string, EnvValue>> = {}): JsonObject[] {
  return Object.entries(env).map(([name, value]) =>
    typeof value === 'string' ? { name, value } : { name, ...value },
  );
}
