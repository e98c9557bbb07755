import type { Problem } from './rollout-target.ts';
import type { Rollout } from './rollout-properties.ts';

/** What Flagger does and hardly anybody wants for good. */
export function rolloutWarnings(trait: string, { skipAnalysis, metrics, webhooks }: Rollout): Problem[] {
  if (skipAnalysis === true)
    return [unchecked(`\`skipAnalysis\` of \`${trait}\` is true`, 'Remove it when the emergency is over.')];
  if (metrics.length > 0 || webhooks.some(({ type }) => DECIDING.has(type))) return [];
  return [unchecked(`\`${trait}\` without metrics, tests and gates`, 'Give `metrics` or `webhooks`.')];
}

const DECIDING = new Set([
  'pre-rollout',
  'rollout',
  'confirm-rollout',
  'confirm-traffic-increase',
  'confirm-promotion',
]);

function unchecked(written: string, fix: string): Problem {
  const allowed = 'a revision that something or somebody checks: else every one that starts is promoted';
  return { code: 'property-invalid', severity: 'warning', written, allowed, fix };
}
