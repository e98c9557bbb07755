import type { Provider } from './provider.ts';
import type { Rollout } from './rollout-properties.ts';
import type { Problem, RolloutTarget } from './rollout-target.ts';

/** What an Ingress does not do for a rollout, or a rollout not for an Ingress. */
export function ingressProblems(
  { known }: RolloutTarget,
  {
    trait,
    provider,
    rollout,
  }: { readonly trait: string; readonly provider: Provider; readonly rollout: Rollout },
): Problem[] {
  const isNginx = provider === 'nginx';
  if (isNginx && known.ingress === undefined && rollout.ingressRef === undefined) return [missing(trait)];
  return known.ingress === undefined || isNginx || provider === 'kubernetes'
    ? []
    : [passedBy(trait, provider)];
}

function missing(trait: string): Problem {
  return {
    code: 'trait-requires',
    written: `the trait \`${trait}\` with nginx and without an Ingress`,
    allowed: 'an Ingress that leads to the component, of which Flagger makes a second one',
    fix: 'Attach `ingress`, or name an Ingress with `ingressRef`.',
  };
}

function passedBy(trait: string, provider: Provider): Problem {
  return {
    code: 'trait-conflict',
    severity: 'warning',
    written: `the trait \`ingress\` beside \`${trait}\` with ${provider}`,
    allowed: `calls that ${provider} routes: those of an ingress controller outside of it meet the old revision only`,
    fix: 'Give the `provider` nginx, or lead callers through a gateway.',
  };
}
