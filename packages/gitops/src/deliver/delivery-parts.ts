import type { DeliveryMode } from '@strake/core';
import { ENVIRONMENTS } from '../layout.ts';
import type { Plan } from '../plan.ts';

/** What of a plan is delivered to one environment. */
export interface DeliveryPart {
  readonly environment: string;
  readonly mode: DeliveryMode;
  readonly plan: Plan;
}

/**
 * Divides a plan by environments: those that are pushed at once come first, since pull requests are based on them.
 * `owned` are the paths that the project has in the repository; a whole plan speaks for their environments too.
 */
export function deliveryParts(
  plan: Plan,
  owned: Iterable<string>,
  modeOf: (environment: string) => DeliveryMode,
): readonly DeliveryPart[] {
  const isWhole = plan.folders.includes(ENVIRONMENTS);
  const names = new Set(plan.files.map(({ path }) => environmentOf(path)));
  for (const folder of plan.folders) names.add(environmentOf(folder));
  if (isWhole) for (const path of owned) names.add(environmentOf(path));
  names.delete('');
  const parts = [...names].toSorted().map((environment): DeliveryPart => {
    const isOfIt = (path: string) => environmentOf(path) === environment;
    const files = plan.files.filter(({ path }) => isOfIt(path));
    const folders = isWhole ? [`${ENVIRONMENTS}/${environment}`] : plan.folders.filter(isOfIt);
    return { environment, mode: modeOf(environment), plan: { ...plan, files, folders, findings: [] } };
  });
  return [
    ...parts.filter(({ mode }) => mode === 'push'),
    ...parts.filter(({ mode }) => mode === 'pull-request'),
  ];
}

function environmentOf(path: string): string {
  const [root, environment = ''] = path.split('/', 2);
  return root === ENVIRONMENTS ? environment : '';
}
