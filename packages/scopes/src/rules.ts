import {
  defineScope,
  propertiesOf,
  type Rule,
  type ScopeFactory,
  type Severity,
  type Waiver,
} from '@strake/core';
import * as z from 'zod';

export interface RulesProperties {
  /**
   * The rules that hold: the recommended ones of `@strake/checks`, some of them, others, your own. Where several
   * scopes of this type hold for an application, the rules of all of them do.
   * @default - the recommended rules
   */
  readonly hold?: readonly Rule[];
  /**
   * Severities other than the rules' own, by code.
   * @default - the rules' own
   */
  readonly severity?: Readonly<Record<string, Severity>>;
  /**
   * What is permitted all the same: where, why, and until which day. A waiver whose last day is over is a finding.
   * @default - nothing
   */
  readonly waive?: readonly Waiver[];
}

const waiver = propertiesOf<Waiver>()({
  rule: z.string().min(1),
  environment: z.string().optional(),
  application: z.string().optional(),
  object: z
    .string()
    .regex(/^[A-Za-z0-9]+\/.+$/, 'kind and name, such as `Deployment/web`')
    .optional(),
  reason: z.string().trim().min(1, 'a reason'),
  until: z.iso.date('a date such as `2027-01-31`'),
});

const rule = z
  .custom<Rule>((value) => typeof value === 'object' && value !== null && 'code' in value, 'a rule')
  .refine(({ code }) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code), 'a rule whose code is in kebab-case');

const properties = propertiesOf<RulesProperties>()({
  hold: z.array(rule).readonly().refine(haveOwnCodes, 'rules with different codes').optional(),
  severity: z
    .record(z.string(), z.enum(['error', 'warning']))
    .readonly()
    .optional(),
  waive: z.array(waiver).readonly().optional(),
});

/**
 * Says which rules the finished objects must pass. Whoever is bound by a rule cannot waive it: only a platform can.
 *
 * @example
 * rules({ hold: [...recommended, requireProbe], severity: { 'require-probe': 'error' } })
 */
export const rules: ScopeFactory<RulesProperties> = defineScope({
  name: 'rules',
  package: '@strake/scopes',
  summary: 'Says which rules hold, and what is waived until when.',
  properties,
  allowComponentOverlap: true,
  rules: (settings) => settings,
});

/** A waiver and a severity name a rule by its code, so that two rules must not share one. */
function haveOwnCodes(hold: readonly Rule[]): boolean {
  return new Set(hold.map(({ code }) => code)).size === new Set(hold).size;
}
