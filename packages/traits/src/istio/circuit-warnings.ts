import type { ExposedPort, TraitContext } from '@strake/core';
import type { CircuitBreakingProperties } from './circuit-breaking.ts';
import { httpLimitsOf } from './connection-pool.ts';
import { isHttp, namesOf } from '../http-ports.ts';

type Problem = Parameters<TraitContext['report']>[0];

/** What Istio accepts without doing it. */
export function circuitWarnings(
  { outlierDetection, ...limits }: CircuitBreakingProperties,
  { ports, pods }: { readonly ports: readonly ExposedPort[]; readonly pods: number | undefined },
): Problem[] {
  const warnings: Problem[] = [];
  const http = httpLimitsOf(limits);
  if (http !== undefined && !ports.some(isHttp)) {
    const names = Object.entries(http).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    warnings.push(unusedLimits(names, ports));
  }
  const { maxEjectionPercent = 50 } = outlierDetection ?? {};
  if (outlierDetection !== undefined && pods !== undefined && pods > 1 && 100 / pods > maxEjectionPercent)
    warnings.push(neverEjected(maxEjectionPercent, pods));
  return warnings;
}

function unusedLimits(names: readonly string[], ports: readonly ExposedPort[]): Problem {
  const written = names.map((name) => `\`${name}\``).join(', ');
  return {
    code: 'property-invalid',
    severity: 'warning',
    written: `${written} of \`circuitBreaking\` where the ports are ${namesOf(ports)}`,
    allowed:
      '`maxConnections`, `connectTimeout`, `maxConnectionDuration` and `outlierDetection`, where no port speaks HTTP',
    fix: 'Remove the limits for requests, or name the port after its protocol: `http`.',
  };
}

function neverEjected(percent: number, pods: number): Problem {
  return {
    code: 'property-invalid',
    severity: 'warning',
    written: `\`maxEjectionPercent\` of \`circuitBreaking\` is ${percent} where there are ${pods} pods at most: none is ever left out`,
    allowed: `at least ${Math.ceil(100 / pods)}, the share of one pod`,
    fix: 'Run more pods, or raise `maxEjectionPercent`.',
  };
}
