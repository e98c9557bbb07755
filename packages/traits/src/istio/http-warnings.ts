import type { TraitContext } from '@strake/core';
import { milliseconds } from './duration.ts';
import type { HttpPolicyProperties } from './http-policy.ts';

type Problem = Parameters<TraitContext['report']>[0];

/** What Istio accepts without doing it. */
export function httpWarnings({ timeout, retries, fault }: HttpPolicyProperties): Problem[] {
  const warnings: Problem[] = [];
  const { attempts = 0, perTryTimeout } = retries ?? {};
  if (timeout !== undefined && perTryTimeout !== undefined) {
    const needed = milliseconds(perTryTimeout) * (attempts + 1);
    if (needed > milliseconds(timeout)) warnings.push(unreachedRetries(attempts, perTryTimeout, timeout));
  }
  if (fault !== undefined && (timeout !== undefined || retries !== undefined)) warnings.push(FAULT_ALONE);
  return warnings;
}

function unreachedRetries(attempts: number, perTryTimeout: string, timeout: string): Problem {
  return {
    code: 'property-invalid',
    severity: 'warning',
    written: `a first try and ${attempts} more of \`${perTryTimeout}\` each do not fit into the timeout of \`${timeout}\``,
    allowed: 'a timeout that all tries together fit into; the others are not made',
    fix: 'Raise `timeout`, or lower `attempts` or `perTryTimeout`.',
  };
}

const FAULT_ALONE: Problem = {
  code: 'property-invalid',
  severity: 'warning',
  written: '`fault` of `traffic` beside `timeout` or `retries`',
  allowed: 'faults without timeouts and retries, which Istio leaves out where there are faults',
  fix: 'Remove `fault` once the callers are tested.',
};

/** Faults of all requests, where they are no test. */
export const FAULT_IN_PRODUCTION: Problem = {
  code: 'property-invalid',
  severity: 'warning',
  written: '`fault` of `traffic` where the tier is `production`',
  allowed: 'faults for callers that are being tested',
  fix: 'Give `fault` in other tiers, or in a rule whose `match` only testers meet.',
};
