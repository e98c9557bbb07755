import type { JsonObject } from '@strake/core';
import * as z from 'zod';
import { callersSchema, type CallersProperties } from './callers.ts';

/** Who may, or may not, do what (istio.io: AuthorizationPolicy, Rule). */
export interface AccessRuleProperties {
  /**
   * Callers, of whom one description must fit.
   * @default - everybody
   */
  readonly from?: readonly CallersProperties[];
  /**
   * Ports of the container, by name or number.
   * @default - all ports
   */
  readonly ports?: readonly (string | number)[];
  /**
   * Methods of HTTP requests.
   * @default - all methods
   */
  readonly methods?: readonly string[];
  /**
   * Paths of HTTP requests; `*` may stand at the beginning or at the end, `{*}` for one part and `{**}` for several.
   * @default - all paths
   */
  readonly paths?: readonly string[];
  /**
   * Host names of HTTP requests.
   * @default - all host names
   */
  readonly hosts?: readonly string[];
}

const texts = z.array(z.string().min(1)).min(1).readonly().optional();

/** The schema of rules. */
export const accessRulesSchema = z
  .array(
    z.strictObject({
      from: z.array(callersSchema).min(1).readonly().optional(),
      ports: z
        .array(z.union([z.string().min(1), z.int().min(1).max(65_535)]))
        .min(1)
        .readonly()
        .optional(),
      methods: z
        .array(z.string().regex(/^([A-Z]+|\*)$/, 'a method in capitals, such as `GET`'))
        .min(1)
        .readonly()
        .optional(),
      paths: texts,
      hosts: texts,
    }),
  )
  .max(512)
  .readonly();

/** Rules, checked. */
export type AccessRules = z.output<typeof accessRulesSchema>;

/** A rule whose ports are numbers, as Istio writes it. */
export function accessRule(
  { from, methods, paths, hosts }: AccessRules[number],
  ports: readonly number[],
): JsonObject {
  const operation = {
    ports: ports.length === 0 ? undefined : ports.map(String),
    methods,
    paths,
    hosts,
  };
  const isLimited = Object.values(operation).some((value) => value !== undefined);
  return { from: from?.map((source) => ({ source })), to: isLimited ? [{ operation }] : undefined };
}

/** What of a rule only HTTP requests have. */
export function httpConditions({ from = [], methods, paths, hosts }: AccessRuleProperties): string[] {
  const tokens = from.flatMap((each) => each.requestPrincipals ?? []);
  const conditions = { methods, paths, hosts, requestPrincipals: tokens.length === 0 ? undefined : tokens };
  return Object.entries(conditions).flatMap(([name, value]) => (value === undefined ? [] : [name]));
}
