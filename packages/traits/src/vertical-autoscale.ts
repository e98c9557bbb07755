import { defineTrait, Pods, type TraitFactory } from '@strake/core';
import { autoscale } from './autoscale.ts';
import { verticalAutoscaleSchema } from './vertical-autoscale-properties.ts';
import type { BoundsProperties, VerticalAutoscaleProperties } from './vertical-autoscale-properties.ts';

/**
 * Lets a controller choose what the component's own container requests (VerticalPodAutoscaler autoscaling.k8s.io/v1).
 * What `autoscale` counts by is left to it.
 *
 * @example
 * verticalAutoscale({ updateMode: 'Initial', maxAllowed: { cpu: 2, memory: '2Gi' } })
 */
export const verticalAutoscale: TraitFactory<VerticalAutoscaleProperties, 'pods'> = defineTrait({
  name: 'vertical-autoscale',
  package: '@strake/traits',
  summary: "Lets a controller choose what the component's own container requests.",
  properties: verticalAutoscaleSchema,
  needs: [Pods],
  knows: { autoscale },
  apply({ create, report, component, pods: { workload, container }, known }, properties) {
    const { updateMode = 'Off', minReplicas, minAllowed, maxAllowed, ...policy } = properties;
    const { controlledResources = ['cpu', 'memory'] } = policy;
    const twice = controlledResources.find((name) => isCounted(known.autoscale, name));
    if (updateMode !== 'Off' && twice !== undefined) report(countedTwice(twice));
    const own = {
      ...policy,
      controlledResources,
      minAllowed: texts(minAllowed),
      maxAllowed: texts(maxAllowed),
    };
    create({
      apiVersion: 'autoscaling.k8s.io/v1',
      kind: 'VerticalPodAutoscaler',
      metadata: { name: component.name },
      spec: {
        targetRef: { apiVersion: workload.apiVersion, kind: workload.kind, name: workload.name },
        updatePolicy: { updateMode, minReplicas },
        resourcePolicy: {
          containerPolicies: [
            { containerName: container, ...own },
            { containerName: '*', mode: 'Off' },
          ],
        },
      },
    });
  },
});

interface Counted {
  readonly cpu?: number | undefined;
  readonly memory?: number | undefined;
  readonly metrics?: readonly { readonly type: string; readonly name: string }[] | undefined;
}

/** Whether `autoscale` counts pods by the use of a resource; without anything else it does by CPU. */
function isCounted(autoscale: Counted | undefined, resource: 'cpu' | 'memory'): boolean {
  if (autoscale === undefined) return false;
  const { cpu, memory, metrics = [] } = autoscale;
  const isOpen = cpu === undefined && memory === undefined && metrics.length === 0;
  const isMeasured = metrics.some(({ type, name }) => type.endsWith('Resource') && name === resource);
  return autoscale[resource] !== undefined || isMeasured || (isOpen && resource === 'cpu');
}

function countedTwice(resource: string) {
  return {
    code: 'property-invalid',
    written: `\`verticalAutoscale\` changes the requests of ${resource}, by whose use \`autoscale\` counts pods`,
    allowed: 'one of the two for a resource, or `updateMode: Off`',
    fix: `Leave ${resource} out of \`controlledResources\`.`,
  } as const;
}

function texts({ cpu, memory }: BoundsProperties = {}) {
  if (cpu === undefined && memory === undefined) return undefined;
  const text = (amount: string | number | undefined) => (amount === undefined ? undefined : String(amount));
  return { cpu: text(cpu), memory: text(memory) };
}
