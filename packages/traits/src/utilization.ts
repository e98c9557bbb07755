import type { JsonObject, TraitContext } from '@strake/core';
import type { Amounts } from './container-resources.ts';

/** How much of a container's requests is to be used, in percent, by the name of what is measured. */
export type Utilization = Readonly<Record<string, number | undefined>>;

type Problem = Parameters<TraitContext['report']>[0];

/** Metrics of the component's own container; those of sidecars do not count. */
export function utilizationMetrics(container: string, utilization: Utilization): JsonObject[] {
  return measured(utilization).map(([name, averageUtilization]) => ({
    type: 'ContainerResource',
    containerResource: { name, container, target: { type: 'Utilization', averageUtilization } },
  }));
}

/** What is aimed at without being requested, so that there is nothing to measure the use by. */
export function unrequested(utilization: Utilization, requests: Amounts, definition: string): Problem[] {
  return measured(utilization)
    .filter(([name]) => requests[name] === undefined)
    .map(([name]) => ({
      code: 'trait-requires',
      written: `\`${definition}\` aims at a use of ${name}, of which the container requests nothing`,
      allowed: `a container that requests ${name}: its use is measured in percent of the request`,
      fix: `Attach \`resources({ requests: { ${name}: ... } })\`.`,
    }));
}

function measured(utilization: Utilization) {
  return Object.entries(utilization).filter(([, percent]) => percent !== undefined);
}
