import type * as z from 'zod';
import type { Provider } from './provider.ts';
import type { Rollout } from './rollout-properties.ts';

/** What a rollout that shifts no shares says. */
interface Iterations {
  readonly provider: Provider;
  readonly webhooks: Rollout['webhooks'];
  readonly mirror?: boolean | undefined;
  readonly mirrorWeight?: number | undefined;
}

/** Finds what only a rollout that shifts shares of the traffic does, or only some providers. */
export function checkIterations(
  { provider, webhooks, mirror, mirrorWeight }: Iterations,
  context: z.core.$RefinementCtx,
): void {
  const say = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  webhooks.forEach(({ type }, index) => {
    if (type === 'confirm-traffic-increase')
      say(
        ['webhooks', index, 'type'],
        '`confirm-traffic-increase` with `canary` only, which increases traffic',
      );
  });
  if (mirror === true && provider !== 'istio' && provider !== 'gatewayapi:v1')
    say(['mirror'], `no \`mirror\` with ${provider}: it is for istio and gatewayapi:v1`);
  if (mirrorWeight !== undefined && (mirror !== true || provider !== 'istio'))
    say(['mirrorWeight'], '`mirrorWeight` beside `mirror: true` with istio only');
}
