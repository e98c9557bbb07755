import type { DeliveryMode } from '@strake/core';
import { agentFoldersOf, ENVIRONMENTS, placeOf } from '../layout.ts';
import type { Plan } from '../plan.ts';

/** What of a plan is delivered to one environment. */
export interface DeliveryPart {
  readonly environment: string;
  readonly mode: DeliveryMode;
  readonly plan: Plan;
}

/**
 * Divides a plan by environments: those that are pushed at once come first, since pull requests are based on them.
 * `owned` are the paths that the project has in the repository; a whole plan speaks for their environments too. A file of
 * no environment goes with the first that has pull requests, else with the first.
 */
export function deliveryParts(
  plan: Plan,
  owned: Iterable<string>,
  modeOf: (environment: string) => DeliveryMode,
): readonly DeliveryPart[] {
  const isWhole = plan.folders.includes(ENVIRONMENTS);
  const paths = plan.files.map(({ path }) => path);
  const known = isWhole ? [...paths, ...owned] : paths;
  const names = [...new Set([...known, ...plan.folders].map(environmentOf))].filter((name) => name !== '');
  const shared = names.toSorted().find((name) => modeOf(name) === 'pull-request') ?? names.toSorted()[0];
  const parts = names.toSorted().map((environment): DeliveryPart => {
    const isOfIt = (path: string) => environmentOf(path) === environment;
    const files = plan.files.filter(
      ({ path }) => isOfIt(path) || (environment === shared && environmentOf(path) === ''),
    );
    const folders = isWhole
      ? [`${ENVIRONMENTS}/${environment}`, ...agentFoldersOf(known.filter(isOfIt))]
      : plan.folders.filter(isOfIt);
    return { environment, mode: modeOf(environment), plan: { ...plan, files, folders, findings: [] } };
  });
  return [
    ...parts.filter(({ mode }) => mode === 'push'),
    ...parts.filter(({ mode }) => mode === 'pull-request'),
  ];
}

function environmentOf(path: string): string {
  return placeOf(path).environment;
}
