import type { JsonObject } from '@strake/core';
import type { Rollout } from './rollout-properties.ts';
import type { RolloutTarget } from './rollout-target.ts';

/** Metrics as the analysis of a Canary has them; a query becomes a MetricTemplate of the component. */
export function metricChecks(
  { create, component }: RolloutTarget,
  metrics: Rollout['metrics'],
): JsonObject[] | undefined {
  const checks = metrics.map(({ query, provider, templateRef, ...check }) => {
    if (query === undefined || provider === undefined) return { ...check, templateRef };
    const name = `${component.name}-${check.name}`;
    create({
      apiVersion: 'flagger.app/v1beta1',
      kind: 'MetricTemplate',
      metadata: { name },
      spec: { provider: { ...provider }, query },
    });
    return { ...check, templateRef: { name } };
  });
  return checks.length === 0 ? undefined : checks;
}
