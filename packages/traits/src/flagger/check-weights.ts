import type * as z from 'zod';
import type { Provider } from './provider.ts';

/** What a canary says about its steps. */
interface Steps {
  readonly provider: Provider;
  readonly stepWeight?: number | undefined;
  readonly stepWeights?: readonly number[] | undefined;
  readonly maxWeight?: number | undefined;
  readonly mirror?: boolean | undefined;
  readonly mirrorWeight?: number | undefined;
  readonly sessionAffinity?: object | undefined;
}

/** Finds steps that Flagger would not take, or not as they are written. */
export function checkWeights(
  { provider, stepWeight, stepWeights, maxWeight, mirror, mirrorWeight, sessionAffinity }: Steps,
  context: z.core.$RefinementCtx,
): void {
  const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if ((stepWeight === undefined) === (stepWeights === undefined))
    say('stepWeight', 'either `stepWeight` or `stepWeights`');
  if (stepWeights?.some((weight, index) => weight <= (stepWeights[index - 1] ?? 0)) === true)
    say('stepWeights', 'shares each of which is above the one before it');
  if (stepWeights !== undefined && maxWeight !== undefined)
    say('maxWeight', 'no `maxWeight` beside `stepWeights`, whose last one it is');
  if (stepWeight !== undefined && stepWeight > (maxWeight ?? 100)) say('stepWeight', 'at most `maxWeight`');
  if (mirror === true && provider !== 'istio')
    say('mirror', `no \`mirror\` with ${provider}: only Istio copies requests before traffic is shifted`);
  if (mirrorWeight !== undefined && mirror !== true)
    say('mirrorWeight', '`mirrorWeight` beside `mirror: true` only');
  if (sessionAffinity !== undefined && provider === 'nginx')
    say('sessionAffinity', 'no `sessionAffinity` with nginx: it is for istio and gatewayapi:v1');
}
